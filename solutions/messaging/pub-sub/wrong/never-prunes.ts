/**
 * @bug Leaves the branches of filters that nobody has any more.
 * @killedBy budget:nothing-left
 */
import type {
  BrokerOptions,
  ConnectOptions,
  Deliver,
  Message,
  SubscribeOptions,
} from "../../../../katas/messaging/pub-sub/stub.ts";

interface Client {
  /** Its place among all clients, by first connect. */
  readonly rank: number;
  readonly subscriptions: Map<string, Subscription>;
  /** What was published while it was away, oldest first. */
  readonly kept: Message[];
  isDurable: boolean;
  /** Undefined: it is not connected. */
  deliver: Deliver | undefined;
  dropped: number;
}

interface Subscription {
  readonly client: Client;
  readonly where: SubscribeOptions["where"];
  isActive: boolean;
}

export class Broker {
  readonly #maxQueued: number;
  readonly #clients = new Map<string, Client>();
  readonly #trie = new Level();
  readonly #deferred: [topic: string, payload: unknown][] = [];
  #isBusy = false;
  #ranks = 0;
  #seq = 0;

  constructor({ maxQueued = 1_000 }: BrokerOptions = {}) {
    if (!Number.isInteger(maxQueued) || maxQueued < 0) {
      throw new RangeError(`maxQueued must be an integer >= 0, not ${maxQueued}`);
    }
    this.#maxQueued = maxQueued;
  }

  connect(name: string, deliver: Deliver, { durable = false }: ConnectOptions = {}): void {
    const client = this.#clients.get(name) ?? this.#welcome(name);
    if (!client.isDurable || !durable) this.#clear(client);
    client.isDurable = durable;
    client.deliver = deliver;
    if (this.#isBusy) replay(client, deliver);
    else this.#asOutermost(() => replay(client, deliver));
  }

  disconnect(name: string): void {
    const client = this.#clients.get(name);
    if (client === undefined) return;
    client.deliver = undefined;
    if (!client.isDurable) this.#clear(client);
  }

  forget(name: string): boolean {
    const client = this.#clients.get(name);
    if (client === undefined) return false;
    this.#clear(client);
    return this.#clients.delete(name);
  }

  subscribe(name: string, filter: string, { where }: SubscribeOptions = {}): void {
    const levels = levelsOfFilter(filter);
    const client = this.#clients.get(name);
    if (client === undefined) throw new RangeError(`there is no client ${JSON.stringify(name)}`);
    this.#unsubscribe(client, filter);
    const subscription = { client, where, isActive: true };
    client.subscriptions.set(filter, subscription);
    this.#trie.add(levels, subscription);
  }

  unsubscribe(name: string, filter: string): boolean {
    const client = this.#clients.get(name);
    return client !== undefined && this.#unsubscribe(client, filter);
  }

  publish(topic: string, payload: unknown): number {
    if (topic === "" || /[+#]/.test(topic)) {
      throw new RangeError(`not a topic: ${JSON.stringify(topic)}`);
    }
    if (!this.#isBusy) return this.#asOutermost(() => this.#fanOut(topic, payload));
    this.#deferred.push([topic, payload]);
    return 0;
  }

  dropped(name: string): number {
    return this.#clients.get(name)?.dropped ?? 0;
  }

  #welcome(name: string): Client {
    const about = { isDurable: false, deliver: undefined, dropped: 0 };
    const client = { rank: this.#ranks, subscriptions: new Map(), kept: [], ...about };
    this.#ranks += 1;
    this.#clients.set(name, client);
    return client;
  }

  #clear(client: Client): void {
    for (const filter of client.subscriptions.keys()) this.#unsubscribe(client, filter);
    client.kept.length = 0;
  }

  #unsubscribe(client: Client, filter: string): boolean {
    const subscription = client.subscriptions.get(filter);
    if (subscription === undefined) return false;
    subscription.isActive = false;
    client.subscriptions.delete(filter);
    this.#trie.remove(filter.split("/"), subscription);
    return true;
  }

  /** Does the work, and then all that was published inside its callbacks. */
  #asOutermost<Result>(work: () => Result): Result {
    this.#isBusy = true;
    try {
      const result = work();
      for (let next = this.#deferred.shift(); next; next = this.#deferred.shift()) {
        this.#fanOut(...next);
      }
      return result;
    } finally {
      this.#isBusy = false;
    }
  }

  #fanOut(topic: string, payload: unknown): number {
    this.#seq += 1;
    const message: Message = { topic, payload, seq: this.#seq };
    const matching: Subscription[] = [];
    this.#trie.collect(topic.split("/"), matching);
    matching.sort((a, b) => a.client.rank - b.client.rank);
    let served: Client | undefined;
    let count = 0;
    for (const subscription of matching) {
      const { client } = subscription;
      if (client === served || !subscription.isActive || !passes(subscription, message)) continue;
      served = client;
      count += 1;
      if (client.deliver === undefined) this.#keep(client, message);
      else attempt(client.deliver, message);
    }
    return count;
  }

  #keep(client: Client, message: Message): void {
    client.kept.push(message);
    if (client.kept.length <= this.#maxQueued) return;
    client.kept.shift();
    client.dropped += 1;
  }
}

/** Delivers what was kept, as long as the client is connected in this way. */
function replay(client: Client, deliver: Deliver): void {
  while (client.deliver === deliver) {
    const message = client.kept.shift();
    if (message === undefined) return;
    attempt(deliver, message);
  }
}

function attempt(deliver: Deliver, message: Message): void {
  try {
    deliver(message);
  } catch {
    // What goes wrong in one client is no concern of the others.
  }
}

function passes({ where }: Subscription, message: Message): boolean {
  try {
    return where === undefined || where(message);
  } catch {
    return false;
  }
}

function levelsOfFilter(filter: string): string[] {
  const levels = filter.split("/");
  const isWellFormed = levels.every((level, i) => {
    return level === "+" || (level === "#" && i === levels.length - 1) || !/[+#]/.test(level);
  });
  if (filter !== "" && isWellFormed) return levels;
  throw new RangeError(`not a filter: ${JSON.stringify(filter)}`);
}

/** A node of the trie: the filters that begin with the same levels. */
class Level {
  #children: Map<string, Level> | undefined;
  /** Those whose filter ends here. */
  #subscriptions: Set<Subscription> | undefined;

  add(levels: readonly string[], subscription: Subscription, depth = 0): void {
    const level = levels[depth];
    if (level === undefined) {
      this.#subscriptions ??= new Set();
      this.#subscriptions.add(subscription);
      return;
    }
    this.#children ??= new Map();
    let child = this.#children.get(level);
    if (child === undefined) this.#children.set(level, (child = new Level()));
    child.add(levels, subscription, depth + 1);
  }

  /** Takes a subscription out, and the branch with it if that was the last one. */
  remove(levels: readonly string[], subscription: Subscription, depth = 0): void {
    const level = levels[depth];
    if (level === undefined) {
      this.#subscriptions?.delete(subscription);
      return;
    }
    const child = this.#children?.get(level);
    child?.remove(levels, subscription, depth + 1);
  }

  /** Adds all subscriptions whose filter matches the levels of a topic. */
  collect(levels: readonly string[], found: Subscription[], depth = 0): void {
    const level = levels[depth];
    // A filter that begins with a wildcard does not see topics that begin with '$'.
    const isHidden = depth === 0 && level?.startsWith("$");
    if (!isHidden) this.#children?.get("#")?.addAll(found);
    if (level === undefined) {
      this.addAll(found);
      return;
    }
    if (!isHidden) this.#children?.get("+")?.collect(levels, found, depth + 1);
    this.#children?.get(level)?.collect(levels, found, depth + 1);
  }

  addAll(found: Subscription[]): void {
    if (this.#subscriptions === undefined) return;
    for (const subscription of this.#subscriptions) found.push(subscription);
  }
}
