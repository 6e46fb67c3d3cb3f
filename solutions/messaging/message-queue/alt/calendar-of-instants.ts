/**
 * @design A calendar: those that wait for an instant in one set, a heap of instants, and a heap of numbers for those that are ready. Receipts are taken apart instead of looked up.
 */
import type {
  Counts,
  QueueOptions,
  Received,
  SendOptions,
} from "../../../../katas/messaging/message-queue/stub.ts";

type State = "ready" | "delayed" | "inFlight" | "dead";

interface Message<T> {
  readonly order: number;
  readonly body: T;
  readonly group: string | undefined;
  state: State;
  atMs: number;
  receives: number;
}

export class QueueFullError extends Error {
  override name = "QueueFullError";
}

export class MessageQueue<T> {
  readonly #options: QueueOptions<T>;
  /** All messages, by order: a Map that never re-inserts is a list in send order. */
  readonly #messages = new Map<number, Message<T>>();
  readonly #lines = new Map<string, Line>();
  readonly #calendar = new Map<number, Set<Message<T>>>();
  readonly #instants = new Numbers();
  readonly #ready = new Numbers();
  #dead: Message<T>[] = [];
  readonly #count: Record<State, number> = { ready: 0, delayed: 0, inFlight: 0, dead: 0 };
  #nowMs = 0;
  #sent = 0;

  constructor(options: QueueOptions<T>) {
    const { visibilityMs = 30_000, maxReceives = Infinity, maxSize = Infinity } = options;
    if (!isIntegerIn(visibilityMs, 1, Infinity)) throw new RangeError("visibilityMs");
    for (const limit of [maxReceives, maxSize]) {
      if (limit !== Infinity && !isIntegerIn(limit, 1, Infinity)) throw new RangeError("limit");
    }
    if (maxReceives !== Infinity && !options.deadLetter) throw new RangeError("no deadLetter");
    this.#options = { ...options, visibilityMs, maxReceives, maxSize };
  }

  send(body: T, { delayMs = 0, group }: SendOptions = {}): string {
    if (!isIntegerIn(delayMs, 0, 900_000) || group === "") throw new RangeError("send");
    this.#tick();
    if (this.#messages.size >= (this.#options.maxSize ?? 0)) throw new QueueFullError("full");
    const order = (this.#sent += 1);
    const message: Message<T> = { order, body, group, state: "ready", atMs: 0, receives: 0 };
    this.#messages.set(order, message);
    if (group !== undefined) {
      const line = this.#lines.get(group);
      if (line === undefined) this.#lines.set(group, { orders: [order], head: 0 });
      else line.orders.push(order);
    }
    this.#count.ready += 1;
    if (delayMs > 0) this.#schedule(message, "delayed", delayMs);
    else this.#offer(message);
    return `${order}`;
  }

  receive(max = 1): Received<T>[] {
    if (!isIntegerIn(max, 1, 10)) throw new RangeError("max");
    this.#tick();
    return Array.from({ length: Math.min(max, this.#ready.size) }, () => {
      const message = this.#messages.get(this.#ready.pop()) as Message<T>;
      message.receives += 1;
      this.#schedule(message, "inFlight", this.#options.visibilityMs ?? 0);
      const { order, body, receives, group } = message;
      const received = { id: `${order}`, receipt: `${order}/${receives}`, body, receives };
      return group === undefined ? received : { ...received, group };
    });
  }

  ack(receipt: string): boolean {
    const message = this.#held(receipt);
    if (message === undefined) return false;
    this.#unschedule(message);
    this.#delete(message);
    return true;
  }

  nack(receipt: string, delayMs = 0): boolean {
    if (!isIntegerIn(delayMs, 0, 900_000)) throw new RangeError("delayMs");
    const message = this.#held(receipt);
    if (message === undefined) return false;
    this.#unschedule(message);
    if (this.#isSpent(message)) {
      this.#enter(message, "dead");
      message.atMs = this.#nowMs;
      this.#dead.push(message);
      this.#bury();
    } else if (delayMs > 0) {
      this.#schedule(message, "delayed", delayMs);
    } else {
      this.#enter(message, "ready");
      this.#offer(message);
    }
    return true;
  }

  extend(receipt: string, visibilityMs: number): boolean {
    if (!isIntegerIn(visibilityMs, 1, Infinity)) throw new RangeError("visibilityMs");
    const message = this.#held(receipt);
    if (message === undefined) return false;
    this.#unschedule(message);
    this.#schedule(message, "inFlight", visibilityMs);
    return true;
  }

  counts(): Counts {
    this.#tick();
    const { ready, delayed, inFlight, dead } = this.#count;
    return { ready, delayed: delayed + dead, inFlight };
  }

  #tick(): void {
    this.#nowMs = Math.max(this.#nowMs, this.#options.clock.now());
    while (this.#instants.size > 0 && this.#instants.least <= this.#nowMs) {
      const instant = this.#instants.pop();
      const due = this.#calendar.get(instant) ?? [];
      this.#calendar.delete(instant);
      for (const message of due) {
        const isSpent = this.#isSpent(message);
        this.#enter(message, isSpent ? "dead" : "ready");
        if (isSpent) this.#dead.push(message);
        else this.#offer(message);
      }
    }
    this.#bury();
  }

  #bury(): void {
    if (this.#dead.length === 0) return;
    this.#dead.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    const rest = this.#dead.findIndex(({ body, group }) => {
      try {
        this.#options.deadLetter?.send(body, group === undefined ? {} : { group });
        return false;
      } catch (error) {
        if (error instanceof QueueFullError) return true;
        throw error;
      }
    });
    const moved = this.#dead.splice(0, rest === -1 ? this.#dead.length : rest);
    for (const message of moved) this.#delete(message);
  }

  #held(receipt: string): Message<T> | undefined {
    this.#tick();
    const [order, receives] = receipt.split("/").map(Number);
    const message = this.#messages.get(order ?? 0);
    const isHeld = message?.state === "inFlight" && message.receives === receives;
    return isHeld && receipt === `${order}/${receives}` ? message : undefined;
  }

  #isSpent({ receives }: Message<T>): boolean {
    return receives >= (this.#options.maxReceives ?? 0);
  }

  #enter(message: Message<T>, state: State): void {
    this.#count[message.state] -= 1;
    this.#count[state] += 1;
    message.state = state;
  }

  #schedule(message: Message<T>, state: State, ms: number): void {
    this.#enter(message, state);
    message.atMs = this.#nowMs + ms;
    const due = this.#calendar.get(message.atMs);
    if (due !== undefined) {
      due.add(message);
      return;
    }
    this.#calendar.set(message.atMs, new Set([message]));
    this.#instants.push(message.atMs);
  }

  /** An instant without messages stays in the calendar until it has passed. */
  #unschedule(message: Message<T>): void {
    this.#calendar.get(message.atMs)?.delete(message);
  }

  #offer({ order, group }: Message<T>): void {
    const line = group === undefined ? undefined : this.#lines.get(group);
    if (line === undefined || line.orders[line.head] === order) this.#ready.push(order);
  }

  #delete({ order, group, state }: Message<T>): void {
    this.#messages.delete(order);
    this.#count[state] -= 1;
    const line = group === undefined ? undefined : this.#lines.get(group);
    if (group === undefined || line === undefined) return;
    line.head += 1;
    if (line.head === line.orders.length) this.#lines.delete(group);
    if (line.head > line.orders.length / 2) {
      line.orders.splice(0, line.head);
      line.head = 0;
    }
    const next = this.#messages.get(line.orders[line.head] ?? 0);
    if (next?.state === "ready") this.#ready.push(next.order);
  }
}

/** Orders of the messages of a group, from `head` on; what is before it has left the queue. */
interface Line {
  orders: number[];
  head: number;
}

/** A binary heap of numbers. */
class Numbers {
  readonly #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  get least(): number {
    return this.#items[0] ?? Infinity;
  }

  push(value: number): void {
    const items = this.#items;
    let place = items.push(value) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if ((items[above] ?? 0) <= value) break;
      items[place] = items[above] ?? 0;
      place = above;
    }
    items[place] = value;
  }

  pop(): number {
    const items = this.#items;
    const { least } = this;
    const last = items.pop() ?? 0;
    if (items.length === 0) return least;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if ((items[child + 1] ?? Infinity) < (items[child] ?? Infinity)) child += 1;
      if ((items[child] ?? Infinity) >= last) break;
      items[place] = items[child] ?? 0;
      place = child;
    }
    items[place] = last;
    return least;
  }
}

function isIntegerIn(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
