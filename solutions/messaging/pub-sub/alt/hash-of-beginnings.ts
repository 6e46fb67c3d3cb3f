/**
 * @design No tree of objects: one hash of all filters and of their beginnings, which a publish extends level by level.
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
    const subscription = { client, levels: filter.split("/"), where };
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
      const left = matching.filter((each) => this.#index.has(each));
      if (!left.some((each) => passes(each, message))) continue;
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

class Index {
  readonly #filters = new Map<string, Set<Subscription>>();
  /** How many filters begin so; what begins all of them is left out. */
  readonly #beginnings = new Map<string, number>();

  has(subscription: Subscription): boolean {
    return this.#filters.get(subscription.levels.join("/"))?.has(subscription) ?? false;
  }

  add(subscription: Subscription): void {
    const filter = subscription.levels.join("/");
    const known = this.#filters.get(filter);
    if (known !== undefined) {
      known.add(subscription);
      return;
    }
    this.#filters.set(filter, new Set([subscription]));
    for (const beginning of beginningsOf(filter)) {
      this.#beginnings.set(beginning, (this.#beginnings.get(beginning) ?? 0) + 1);
    }
  }

  delete(subscription: Subscription): void {
    const filter = subscription.levels.join("/");
    const all = this.#filters.get(filter);
    if (!all?.delete(subscription) || all.size > 0) return;
    this.#filters.delete(filter);
    for (const beginning of beginningsOf(filter)) {
      const left = (this.#beginnings.get(beginning) ?? 0) - 1;
      if (left > 0) this.#beginnings.set(beginning, left);
      else this.#beginnings.delete(beginning);
    }
  }

  find(topic: string): Subscription[] {
    const found: Subscription[] = [];
    const take = (filter: string): void => {
      for (const subscription of this.#filters.get(filter) ?? []) found.push(subscription);
    };
    const isHidden = topic.startsWith("$");
    if (!isHidden) take("#");
    let frontier = [""];
    for (const [depth, level] of topic.split("/").entries()) {
      const next: string[] = [];
      for (const beginning of frontier) {
        if (depth > 0 || !isHidden) next.push(`${beginning}+/`);
        next.push(`${beginning}${level}/`);
      }
      frontier = next.filter((beginning) => this.#beginnings.has(beginning));
      for (const beginning of frontier) take(`${beginning}#`);
    }
    for (const beginning of frontier) take(beginning.slice(0, -1));
    return found;
  }
}

/** Of a/b: a/ and a/b/. */
function beginningsOf(filter: string): string[] {
  const levels = filter.split("/");
  return levels.map((_, i) => `${levels.slice(0, i + 1).join("/")}/`);
}
