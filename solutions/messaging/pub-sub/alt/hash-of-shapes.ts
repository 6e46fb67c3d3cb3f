/**
 * @design Filters are grouped by shape, which says where their wildcards are. Each shape in use has a hash of the literal levels, and a publish makes one look-up in each.
 */
import type {
  BrokerOptions,
  ConnectOptions,
  Deliver,
  Message,
  SubscribeOptions,
} from "../../../../katas/messaging/pub-sub/stub.ts";

interface Client {
  /** By first connect. */
  readonly rank: number;
  readonly subscriptions: Map<string, Subscription>;
  isDurable: boolean;
  deliver: Deliver | undefined;
  kept: Message[];
  dropped: number;
}

interface Subscription {
  readonly client: Client;
  readonly filter: string;
  readonly levels: readonly string[];
  readonly where: SubscribeOptions["where"];
}

export class Broker {
  readonly #maxQueued: number;
  readonly #clients = new Map<string, Client>();
  readonly #index = new Index();
  readonly #deferred: (() => void)[] = [];
  #isBusy = false;
  #ranks = 0;
  #seq = 0;

  constructor({ maxQueued = 1_000 }: BrokerOptions = {}) {
    if (!Number.isInteger(maxQueued) || maxQueued < 0) throw new RangeError("maxQueued");
    this.#maxQueued = maxQueued;
  }

  connect(name: string, deliver: Deliver, { durable = false }: ConnectOptions = {}): void {
    const client = this.#clients.get(name) ?? this.#welcome(name);
    if (!client.isDurable || !durable) {
      this.#endAll(client);
      client.kept = [];
    }
    client.isDurable = durable;
    client.deliver = deliver;
    this.#perform(() => {
      while (client.deliver === deliver && client.kept.length > 0) {
        attempt(deliver, client.kept.shift());
      }
    });
  }

  disconnect(name: string): void {
    const client = this.#clients.get(name);
    if (client === undefined) return;
    client.deliver = undefined;
    if (!client.isDurable) this.#endAll(client);
  }

  forget(name: string): boolean {
    const client = this.#clients.get(name);
    if (client === undefined) return false;
    client.deliver = undefined;
    this.#endAll(client);
    return this.#clients.delete(name);
  }

  subscribe(name: string, filter: string, { where }: SubscribeOptions = {}): void {
    if (!isFilter(filter)) throw new RangeError(`not a filter: ${filter}`);
    const client = this.#clients.get(name);
    if (client === undefined) throw new RangeError(`no client: ${name}`);
    this.unsubscribe(name, filter);
    const subscription = { client, filter, levels: filter.split("/"), where };
    client.subscriptions.set(filter, subscription);
    this.#index.add(subscription);
  }

  unsubscribe(name: string, filter: string): boolean {
    const client = this.#clients.get(name);
    const subscription = client?.subscriptions.get(filter);
    if (subscription === undefined) return false;
    this.#index.delete(subscription);
    client?.subscriptions.delete(filter);
    return true;
  }

  publish(topic: string, payload: unknown): number {
    if (topic === "" || /[+#]/.test(topic)) throw new RangeError(`not a topic: ${topic}`);
    let count = 0;
    const send = (): void => {
      count = this.#fanOut(topic, payload);
    };
    if (this.#isBusy) this.#deferred.push(send);
    else this.#perform(send);
    return count;
  }

  dropped(name: string): number {
    return this.#clients.get(name)?.dropped ?? 0;
  }

  #welcome(name: string): Client {
    this.#ranks += 1;
    const about = { isDurable: false, deliver: undefined, kept: [], dropped: 0 };
    const client = { rank: this.#ranks, subscriptions: new Map(), ...about };
    this.#clients.set(name, client);
    return client;
  }

  #fanOut(topic: string, payload: unknown): number {
    const message = { topic, payload, seq: (this.#seq += 1) };
    const byClient = new Map<Client, Subscription[]>();
    for (const subscription of this.#index.find(topic)) {
      const mine = byClient.get(subscription.client);
      if (mine === undefined) byClient.set(subscription.client, [subscription]);
      else mine.push(subscription);
    }
    const inOrder = [...byClient].sort(([a], [b]) => a.rank - b.rank);
    let count = 0;
    for (const [client, matching] of inOrder) {
      const isWanted = matching.some((each) => {
        return client.subscriptions.get(each.filter) === each && passes(each, message);
      });
      if (!isWanted) continue;
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

  #endAll(client: Client): void {
    for (const each of client.subscriptions.values()) this.#index.delete(each);
    client.subscriptions.clear();
  }

  /** Does it at once; the outermost then does what was put off. */
  #perform(work: () => void): void {
    const isOutermost = !this.#isBusy;
    this.#isBusy = true;
    work();
    if (!isOutermost) return;
    for (let next = this.#deferred.shift(); next; next = this.#deferred.shift()) next();
    this.#isBusy = false;
  }
}

function attempt(deliver: Deliver, message: Message | undefined): void {
  try {
    if (message !== undefined) deliver(message);
  } catch {
    // The others get theirs all the same.
  }
}

function passes({ where }: Subscription, message: Message): boolean {
  try {
    return where === undefined || where(message);
  } catch {
    return false;
  }
}

function isFilter(filter: string): boolean {
  const levels = filter.split("/");
  return (
    filter !== "" &&
    levels.every((level, i) => {
      return level === "+" || (level === "#" && i === levels.length - 1) || !/[+#]/.test(level);
    })
  );
}

/** Where a filter has its wildcards, and all filters that have them there. */
interface Shape {
  /** Positions of the levels that are not wildcards. */
  readonly literals: readonly number[];
  readonly levels: number;
  readonly isOpen: boolean;
  readonly startsWild: boolean;
  readonly filters: Map<string, Set<Subscription>>;
}

class Index {
  readonly #shapes = new Map<string, Shape>();

  add(subscription: Subscription): void {
    const { levels } = subscription;
    const { shape: known, name, key } = this.#placeOf(subscription);
    const isOpen = levels.at(-1) === "#";
    const shape = known ?? {
      literals: literalsOf(levels),
      levels: isOpen ? levels.length - 1 : levels.length,
      isOpen,
      startsWild: levels[0] === "+" || levels[0] === "#",
      filters: new Map<string, Set<Subscription>>(),
    };
    this.#shapes.set(name, shape);
    const all = shape.filters.get(key) ?? new Set();
    shape.filters.set(key, all.add(subscription));
  }

  delete(subscription: Subscription): void {
    const { shape, name, key } = this.#placeOf(subscription);
    const all = shape?.filters.get(key);
    all?.delete(subscription);
    if (all?.size === 0) shape?.filters.delete(key);
    if (shape?.filters.size === 0) this.#shapes.delete(name);
  }

  *find(topic: string): Iterable<Subscription> {
    const levels = topic.split("/");
    for (const shape of this.#shapes.values()) {
      const { isOpen, startsWild, literals, filters } = shape;
      if (isOpen ? levels.length < shape.levels : levels.length !== shape.levels) continue;
      if (startsWild && topic.startsWith("$")) continue;
      yield* filters.get(keyOf(levels, literals)) ?? [];
    }
  }

  #placeOf({ levels }: Subscription) {
    const name = levels.map((level) => (level === "+" || level === "#" ? level : "")).join("/");
    return { name, shape: this.#shapes.get(name), key: keyOf(levels, literalsOf(levels)) };
  }
}

function literalsOf(levels: readonly string[]): number[] {
  return [...levels.keys()].filter((i) => levels[i] !== "+" && levels[i] !== "#");
}

function keyOf(levels: readonly string[], literals: readonly number[]): string {
  return literals.map((i) => levels[i]).join("/");
}
