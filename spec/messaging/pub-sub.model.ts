/** What `pub-sub` is compared with: a naive broker, and a player that tells who got what. */
import { literal, verbatim, type Call, type Player } from "kata/harness";
import type * as Stub from "../../katas/messaging/pub-sub/stub.ts";

/** At its `at`-th message, over all its connections, the client does this. */
export interface Reaction {
  readonly client: string;
  readonly at: number;
  readonly does: Step | "throws";
}
export interface Setup {
  readonly maxQueued?: number;
  readonly reactions: readonly Reaction[];
}
export type Method = keyof Stub.Broker;
export type Step = Call<Method>;
export type Build = (options?: Stub.BrokerOptions) => Stub.Broker;

/** Conditions, by the names under which steps show them. */
export const CONDITIONS: Readonly<Record<string, (message: Stub.Message) => boolean>> = {
  "seq is even": ({ seq }) => seq % 2 === 0,
  "seq is odd": ({ seq }) => seq % 2 === 1,
  "topic is a": ({ topic }) => topic === "a",
  "payload is text": ({ payload }) => typeof payload === "string",
  never: () => false,
  throws: () => {
    throw new Error("from where");
  },
};

const PUBLISHES = "publishes to b, once";

/** MQTT 5.0, section 4.7, as a regular expression. */
export function matches(filter: string, topic: string): boolean {
  if (/^[+#]/.test(filter) && topic.startsWith("$")) return false;
  const levels = filter.split("/").map((level) => {
    if (level === "+") return "[^/]*";
    return level === "#" ? "#" : level.replace(/[$^.*?()[\]{}|\\]/g, "\\$&");
  });
  const pattern = levels.join("/").replace(/\/#$/, "(/.*)?").replace(/^#$/, ".*");
  return new RegExp(`^${pattern}$`, "s").test(topic);
}

interface NaiveClient {
  readonly name: string;
  durable: boolean;
  deliver: Stub.Deliver | undefined;
  kept: Stub.Message[];
  dropped: number;
}
interface NaiveSubscription extends Stub.SubscribeOptions {
  readonly client: NaiveClient;
  readonly filter: string;
}

/** The statement word for word, on lists: of clients by first connect, and of subscriptions. */
export class NaiveBroker implements Stub.Broker {
  readonly #maxQueued: number;
  #clients: NaiveClient[] = [];
  #subscriptions: NaiveSubscription[] = [];
  #waiting: (() => void)[] = [];
  #inside = 0;
  #seq = 0;

  constructor({ maxQueued = 1_000 }: Stub.BrokerOptions = {}) {
    this.#maxQueued = maxQueued;
  }

  connect(
    name: string,
    deliver: Stub.Deliver,
    { durable = false }: Stub.ConnectOptions = {},
  ): void {
    let client = this.#find(name);
    if (client === undefined) {
      client = { name, durable, deliver, kept: [], dropped: 0 };
      this.#clients.push(client);
    }
    if (!(client.durable && durable)) {
      this.#end((each) => each.client === client);
      client.kept = [];
    }
    client.durable = durable;
    client.deliver = deliver;
    this.#nest(() => {
      while (client.deliver === deliver && client.kept.length > 0) {
        this.#call(() => deliver(client.kept.shift() as Stub.Message));
      }
    });
  }

  disconnect(name: string): void {
    const client = this.#find(name);
    if (client === undefined) return;
    client.deliver = undefined;
    if (!client.durable) this.#end((each) => each.client === client);
  }

  forget(name: string): boolean {
    const client = this.#find(name);
    if (client === undefined) return false;
    this.#clients = this.#clients.filter((each) => each !== client);
    this.#end((each) => each.client === client);
    client.deliver = undefined;
    return true;
  }

  subscribe(name: string, filter: string, options: Stub.SubscribeOptions = {}): void {
    const client = this.#find(name);
    if (client === undefined) throw new RangeError("unknown client");
    this.#end((each) => each.client === client && each.filter === filter);
    this.#subscriptions.push({ client, filter, ...options });
  }

  unsubscribe(name: string, filter: string): boolean {
    const before = this.#subscriptions.length;
    this.#end((each) => each.client === this.#find(name) && each.filter === filter);
    return this.#subscriptions.length < before;
  }

  publish(topic: string, payload: unknown): number {
    let count = 0;
    const send = (): void => {
      const message = { topic, payload, seq: (this.#seq += 1) };
      const matching = this.#subscriptions.filter(({ filter }) => matches(filter, topic));
      for (const client of this.#clients.slice()) {
        const left = matching.filter((each) => this.#subscriptions.includes(each));
        const mine = left.filter((each) => each.client === client);
        if (!mine.some(({ where = () => true }) => this.#call(() => where(message)))) continue;
        count += 1;
        const { deliver } = client;
        if (deliver === undefined) client.kept.push(message);
        else this.#call(() => deliver(message));
        const over = client.kept.splice(0, client.kept.length - this.#maxQueued);
        client.dropped += over.length;
      }
    };
    if (this.#inside === 0) this.#nest(send);
    else this.#waiting.push(send);
    return count;
  }

  dropped(name: string): number {
    return this.#find(name)?.dropped ?? 0;
  }

  #find(name: string): NaiveClient | undefined {
    return this.#clients.find((client) => client.name === name);
  }

  #end(isMeant: (subscription: NaiveSubscription) => boolean): void {
    this.#subscriptions = this.#subscriptions.filter((each) => !isMeant(each));
  }

  #call<Result>(callback: () => Result): Result | undefined {
    try {
      return callback();
    } catch {
      return undefined;
    }
  }

  #nest(work: () => void): void {
    this.#inside += 1;
    work();
    while (this.#inside === 1 && this.#waiting.length > 0) this.#waiting.shift()?.();
    this.#inside -= 1;
  }
}

/**
 * Plays calls on a broker and tells what they answer and, before that, who got what and did what
 * meanwhile. Each connection has a number: "x (2nd)" has connected for the second time.
 */
export const play =
  (build: Build) =>
  ({ reactions, ...options }: Setup): Player<Step> => {
    const broker = build(options);
    const log: string[] = [];
    const payloads: unknown[] = [];
    /** What is known of clients, so that nothing is called that the statement leaves open. */
    const known = new Map<string, { durable: boolean; connected: boolean }>();
    const counts = new Map<string, { connects: number; messages: number }>();
    const countsOf = (client: string) => {
      const mine = counts.get(client) ?? { connects: 0, messages: 0 };
      counts.set(client, mine);
      return mine;
    };

    const deliverTo = (client: string): Stub.Deliver => {
      const mine = countsOf(client);
      const connection = (mine.connects += 1);
      return ({ topic, payload, seq }) => {
        const what = payloads.includes(payload) ? literal(payload) : "another payload";
        const who = connection === 1 ? client : `${client} (connect ${connection})`;
        log.push(`${who} gets ${seq}: ${what} on ${literal(topic)}`);
        const at = (mine.messages += 1);
        for (const { does, ...when } of reactions) {
          if (when.client !== client || when.at !== at) continue;
          if (does === "throws") {
            log.push(`${client} throws`);
            throw new Error("from deliver");
          }
          log.push(`${client} calls ${does.text}: ${literal(act(does))}`);
        }
      };
    };

    const publishOnce = () => {
      let isDone = false;
      return () => {
        if (isDone) return true;
        isDone = true;
        payloads.push("from where");
        log.push(`where calls publish("b"): ${broker.publish("b", "from where")}`);
        return true;
      };
    };
    const act = ({ method, args: [name, second, third] }: Step): unknown => {
      const client = name as string;
      const status = known.get(client);
      const isOpen = status !== undefined && !status.durable && !status.connected;
      if (method === "connect") {
        const durable = (second as Stub.ConnectOptions | undefined)?.durable ?? false;
        known.set(client, { durable, connected: true });
        const deliver = deliverTo(client);
        if (second === undefined) broker.connect(client, deliver);
        else broker.connect(client, deliver, second as Stub.ConnectOptions);
        return verbatim("done");
      }
      if (method === "disconnect") {
        if (status !== undefined) status.connected = false;
        broker.disconnect(client);
        return verbatim("done");
      }
      if (method === "publish") {
        payloads.push(second);
        const times = (third as number | undefined) ?? 1;
        for (let i = 1; i < times; i += 1) broker.publish(client, second);
        return broker.publish(client, second);
      }
      if (method === "dropped") return broker.dropped(client);
      if (method === "unsubscribe") return broker.unsubscribe(client, second as string);
      if (isOpen) return verbatim("not tried: gone and not durable");
      if (method === "forget") {
        known.delete(client);
        return broker.forget(client);
      }
      if (status === undefined) return verbatim("not tried: unknown");
      const { where } = (third ?? {}) as { where?: string };
      const condition = where === PUBLISHES ? publishOnce() : CONDITIONS[where ?? ""];
      if (condition === undefined) broker.subscribe(client, second as string);
      else broker.subscribe(client, second as string, { where: condition });
      return verbatim("done");
    };

    return (step) => {
      log.length = 0;
      const answer = act(step);
      return [...log, answer].map((line) => (typeof line === "string" ? verbatim(line) : line));
    };
  };
