/** What `message-queue` is compared with: a naive queue, and scripts of calls for both. */
import { literal, verbatim, type Player, type Verbatim } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/messaging/message-queue/stub.ts";

export type Numbers = Omit<Stub.QueueOptions<unknown>, "clock" | "deadLetter">;
/** A queue, the dead-letter queue that it may have, and the one of that. */
export interface Setup {
  readonly queue: Numbers;
  readonly dlq?: Numbers;
  readonly dlq2?: Numbers;
}
type Name = keyof Setup;
export interface Build {
  readonly MessageQueue: new (options: Stub.QueueOptions<unknown>) => Stub.MessageQueue<unknown>;
  readonly QueueFullError: new () => Error;
}

/** Which receipt of a queue, as `.at()` counts all it gave; or a text that is none. */
type Which = number | string;
export type Step = Verbatim &
  (
    | { readonly method: "wait"; readonly ms: number }
    | { readonly method: "send"; readonly on: Name; readonly args: [unknown, Stub.SendOptions?] }
    | { readonly method: "receive"; readonly on: Name; readonly args: [number?] }
    | { readonly method: "counts"; readonly on: Name }
    | {
        readonly method: "ack" | "nack" | "extend";
        readonly on: Name;
        readonly which: Which;
        readonly args: [] | [number];
      }
  );

interface Item {
  readonly id: string;
  readonly body: unknown;
  readonly group: string | undefined;
  state: "ready" | "delayed" | "in flight" | "given up";
  atMs: number;
  receives: number;
  receipt: string;
}

class NaiveFullError extends Error {}

/** The statement word for word: one list in send order, looked through for everything. */
class NaiveQueue implements Stub.MessageQueue<unknown> {
  readonly #options: Stub.QueueOptions<unknown>;
  #items: Item[] = [];
  #nowMs = 0;
  #count = 0;

  constructor(options: Stub.QueueOptions<unknown>) {
    this.#options = { ...options };
  }

  send(body: unknown, { delayMs = 0, group }: Stub.SendOptions = {}): string {
    this.#catchUp();
    if (this.#items.length >= (this.#options.maxSize ?? Infinity)) throw new NaiveFullError();
    const id = `id ${(this.#count += 1)}`;
    const about = {
      state: "delayed",
      atMs: this.#nowMs + delayMs,
      receives: 0,
      receipt: "",
    } as const;
    this.#items.push({ id, body, group, ...about });
    return id;
  }

  receive(max = 1): Stub.Received<unknown>[] {
    this.#catchUp();
    const heads = this.#items.filter((item) => {
      const first = this.#items.find(({ group }) => group === item.group);
      return item.state === "ready" && (item.group === undefined || first === item);
    });
    return heads.slice(0, max).map((item) => {
      const receives = (item.receives += 1);
      const receipt = (item.receipt = `receipt ${(this.#count += 1)}`);
      item.state = "in flight";
      item.atMs = this.#nowMs + (this.#options.visibilityMs ?? 30_000);
      const { id, body, group } = item;
      return { id, receipt, body, receives, ...(group === undefined ? {} : { group }) };
    });
  }

  ack(receipt: string): boolean {
    return this.#settle(receipt, (item) => {
      this.#items = this.#items.filter((other) => other !== item);
    });
  }

  nack(receipt: string, delayMs = 0): boolean {
    return this.#settle(receipt, (item) => {
      item.state = this.#isSpent(item) ? "given up" : "delayed";
      item.atMs = this.#nowMs + (this.#isSpent(item) ? 0 : delayMs);
    });
  }

  extend(receipt: string, visibilityMs: number): boolean {
    return this.#settle(receipt, (item) => {
      item.atMs = this.#nowMs + visibilityMs;
    });
  }

  counts(): Stub.Counts {
    this.#catchUp();
    const of = (...states: Item["state"][]): number =>
      this.#items.filter(({ state }) => states.includes(state)).length;
    return { ready: of("ready"), delayed: of("delayed", "given up"), inFlight: of("in flight") };
  }

  #settle(receipt: string, act: (item: Item) => void): boolean {
    this.#catchUp();
    const item = this.#items.find((each) => each.state === "in flight" && each.receipt === receipt);
    if (item === undefined) return false;
    act(item);
    this.#catchUp();
    return true;
  }

  #isSpent(item: Item): boolean {
    return item.receives >= (this.#options.maxReceives ?? Infinity);
  }

  #catchUp(): void {
    this.#nowMs = Math.max(this.#nowMs, this.#options.clock.now());
    for (const item of this.#items) {
      if (item.state === "ready" || item.state === "given up" || item.atMs > this.#nowMs) continue;
      item.state = this.#isSpent(item) ? "given up" : "ready";
    }
    const dead = this.#items.filter(({ state }) => state === "given up");
    for (const item of dead.toSorted((a, b) => a.atMs - b.atMs)) {
      try {
        const { body, group } = item;
        this.#options.deadLetter?.send(body, group === undefined ? {} : { group });
        this.#items = this.#items.filter((other) => other !== item);
      } catch (error) {
        if (!(error instanceof NaiveFullError)) throw error;
      }
    }
  }
}
export const naive: Build = { MessageQueue: NaiveQueue, QueueFullError: NaiveFullError };

/** One receive, as the receiver remembers it. */
export interface Taken {
  readonly body: unknown;
  readonly receipt: string;
  readonly story: string;
}

interface Settled {
  /** What the receipt was given for; undefined: it was none. */
  readonly taken: Taken | undefined;
  readonly answer: boolean;
}
/** What a step led to: of its fields, the one for its kind. */
interface Performed {
  /** False: the queue was full. */
  readonly sent?: boolean;
  readonly received?: readonly Taken[];
  readonly settled?: Settled;
  readonly counts?: Stub.Counts;
}

/** A queue and its dead-letter queues on one clock, with all receipts that they gave. */
export class Desk {
  readonly clock = new VirtualClock(1_000);
  readonly queues = new Map<Name, Stub.MessageQueue<unknown>>();
  readonly #taken: Record<Name, Taken[]> = { queue: [], dlq: [], dlq2: [] };
  readonly #ids: Record<Name, Map<unknown, string>>;
  readonly #build: Build;

  constructor(setup: Setup, build: Build) {
    this.#build = build;
    this.#ids = { queue: new Map(), dlq: new Map(), dlq2: new Map() };
    let deadLetter: Stub.MessageQueue<unknown> | undefined;
    for (const name of ["dlq2", "dlq", "queue"] as const) {
      const numbers = setup[name];
      if (numbers === undefined) continue;
      const options = { ...numbers, clock: this.clock, ...(deadLetter && { deadLetter }) };
      deadLetter = new build.MessageQueue(options);
      this.queues.set(name, deadLetter);
      // The options are the caller's again.
      Object.assign(options, { visibilityMs: 7, maxReceives: 9, maxSize: 9, clock: undefined });
    }
  }

  perform(step: Step): Performed {
    if (step.method === "wait") {
      this.clock.advance(step.ms);
      return {};
    }
    if (step.method === "send") return { sent: this.#send(step) };
    if (step.method === "receive") return { received: this.receive(step.on, ...step.args) };
    if (step.method === "counts") return { counts: { ...this.#queue(step.on).counts() } };
    return { settled: this.#settle(step) };
  }

  #queue(name: Name): Stub.MessageQueue<unknown> {
    return this.queues.get(name) as Stub.MessageQueue<unknown>;
  }

  /** Receives, and writes down what; what was handed out is the caller's, who spoils it. */
  receive(name: Name, max?: number): Taken[] {
    const received = this.#queue(name).receive(max);
    const all = received.map(({ id, receipt, body, receives, group }) => {
      const isKnown = this.#taken[name].some((past) => past.receipt === receipt);
      const from = group === undefined ? "" : ` of group ${group}`;
      const faults = `${this.#checkId(name, body, id)}${isKnown ? ", an old receipt" : ""}`;
      const story = `${literal(body)}${from}, receive ${receives}${faults}`;
      this.#taken[name].push({ body, receipt, story });
      return { body, receipt, story };
    });
    for (const each of received)
      Object.assign(each, { id: "", receipt: "", receives: 0, group: "" });
    received.length = 0;
    return all;
  }

  /** False: the queue was full. */
  #send({ on, args: [body, options] }: Extract<Step, { method: "send" }>): boolean {
    try {
      const id = this.#queue(on).send(body, options);
      if ([...this.#ids[on].values()].includes(id))
        throw new Error(`the id ${id} was given before`);
      this.#ids[on].set(body, id);
      return true;
    } catch (error) {
      if (error instanceof this.#build.QueueFullError) return false;
      throw error;
    }
  }

  #settle({ on, method, which, args: [ms] }: Extract<Step, { which: Which }>): Settled {
    const queue = this.#queue(on);
    const taken = typeof which === "string" ? undefined : this.#taken[on].at(which);
    const receipt = typeof which === "string" ? which : (taken?.receipt ?? "none");
    if (method === "ack") return { taken, answer: queue.ack(receipt) };
    if (method === "extend") return { taken, answer: queue.extend(receipt, ms ?? 1) };
    const answer = ms === undefined ? queue.nack(receipt) : queue.nack(receipt, ms);
    return { taken, answer };
  }

  #checkId(name: Name, body: unknown, id: string): string {
    const ids = this.#ids[name];
    if (!ids.has(body)) ids.set(body, id);
    return ids.get(body) === id ? "" : ", another id";
  }
}

/** Plays calls on queues and tells what they answer; each receipt is told by what was received. */
export const play =
  (build: Build) =>
  (setup: Setup): Player<Step> => {
    const desk = new Desk(setup, build);
    return (step) => {
      const { sent, received, settled, counts } = desk.perform(step);
      if (received !== undefined) return received.map(({ story }) => verbatim(story));
      if (settled !== undefined) {
        const { answer, taken } = settled;
        return verbatim(taken === undefined ? `${answer}` : `${answer} (${taken.story})`);
      }
      if (sent !== undefined) return verbatim(sent ? "an id" : "throws QueueFullError");
      return counts ?? verbatim(`now ${desk.clock.now()} ms`);
    };
  };
