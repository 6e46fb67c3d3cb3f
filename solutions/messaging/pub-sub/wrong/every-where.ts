/**
 * @bug Wants the where of all filters that match.
 * @killedBy model
 */
import type {
  BrokerOptions,
  ConnectOptions,
  Deliver,
  Message,
  SubscribeOptions,
} from "../../../../katas/messaging/pub-sub/stub.ts";

interface Client {
  readonly name: string;
  isDurable: boolean;
  deliver: Deliver | undefined;
  kept: Message[];
  dropped: number;
}

interface Subscription {
  readonly client: Client;
  readonly filter: string;
  readonly where: SubscribeOptions["where"];
}

export class Broker {
  readonly #maxQueued: number;
  /** In order of first connect. */
  readonly #clients = new Map<string, Client>();
  #subscriptions: readonly Subscription[] = [];
  readonly #deferred: (() => void)[] = [];
  #isBusy = false;
  #seq = 0;

  constructor({ maxQueued = 1_000 }: BrokerOptions = {}) {
    if (!Number.isInteger(maxQueued) || maxQueued < 0) throw new RangeError("maxQueued");
    this.#maxQueued = maxQueued;
  }

  connect(name: string, deliver: Deliver, { durable = false }: ConnectOptions = {}): void {
    const fresh = { name, isDurable: false, deliver, kept: [], dropped: 0 };
    const client = this.#clients.get(name) ?? fresh;
    this.#clients.set(name, client);
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
    this.#subscriptions = [...this.#subscriptions, { client, filter, where }];
  }

  unsubscribe(name: string, filter: string): boolean {
    const client = this.#clients.get(name);
    const before = this.#subscriptions;
    this.#subscriptions = before.filter((each) => each.client !== client || each.filter !== filter);
    return this.#subscriptions.length < before.length;
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

  #fanOut(topic: string, payload: unknown): number {
    const message = { topic, payload, seq: (this.#seq += 1) };
    const matching = this.#subscriptions.filter(({ filter }) => matches(filter, topic));
    let count = 0;
    for (const client of this.#clients.values()) {
      const mine = matching.filter((each) => each.client === client);
      const left = mine.filter((each) => this.#subscriptions.includes(each));
      if (left.length === 0 || !left.every((each) => passes(each, message))) continue;
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
    this.#subscriptions = this.#subscriptions.filter((each) => each.client !== client);
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

function matches(filter: string, topic: string): boolean {
  const wanted = filter.split("/");
  const levels = topic.split("/");
  if (topic.startsWith("$") && (wanted[0] === "+" || wanted[0] === "#")) return false;
  const end = wanted.indexOf("#");
  if (end === -1 && wanted.length !== levels.length) return false;
  const fixed = end === -1 ? wanted : wanted.slice(0, end);
  return fixed.every((level, i) => level === levels[i] || (level === "+" && i < levels.length));
}
