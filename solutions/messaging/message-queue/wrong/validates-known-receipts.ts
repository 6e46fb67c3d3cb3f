/**
 * @bug Looks at the other argument of nack and extend only when the receipt is valid.
 * @killedBy full-and-input
 */
import type {
  Clock,
  Counts,
  QueueOptions,
  Received,
  SendOptions,
} from "../../../../katas/messaging/message-queue/stub.ts";

interface Message<T> {
  readonly id: string;
  readonly body: T;
  readonly group: string | undefined;
  state: "ready" | "delayed" | "in flight" | "given up";
  /** Until when it is delayed or in flight; when it was given up. */
  atMs: number;
  receives: number;
  receipt: string;
}

export class QueueFullError extends Error {
  override name = "QueueFullError";
}

export class MessageQueue<T> {
  readonly #clock: Clock;
  readonly #visibilityMs: number;
  readonly #maxReceives: number;
  readonly #maxSize: number;
  readonly #deadLetter: QueueOptions<T>["deadLetter"];
  /** In send order. */
  #messages: Message<T>[] = [];
  #nowMs = -Infinity;
  #sent = 0;
  #received = 0;

  constructor(options: QueueOptions<T>) {
    const { visibilityMs = 30_000, maxReceives = Infinity, maxSize = Infinity } = options;
    requireInteger("visibilityMs", visibilityMs, 1);
    if (maxReceives !== Infinity) requireInteger("maxReceives", maxReceives, 1);
    if (maxSize !== Infinity) requireInteger("maxSize", maxSize, 1);
    if (maxReceives !== Infinity && options.deadLetter === undefined) {
      throw new TypeError("a finite maxReceives needs a deadLetter");
    }
    this.#clock = options.clock;
    this.#visibilityMs = visibilityMs;
    this.#maxReceives = maxReceives;
    this.#maxSize = maxSize;
    this.#deadLetter = options.deadLetter;
  }

  send(body: T, { delayMs = 0, group }: SendOptions = {}): string {
    requireInteger("delayMs", delayMs, 0, 900_000);
    if (group === "") throw new RangeError("group must not be empty");
    this.#catchUp();
    if (this.#messages.length >= this.#maxSize) throw new QueueFullError();
    const id = String((this.#sent += 1));
    const state = delayMs > 0 ? "delayed" : "ready";
    const atMs = this.#nowMs + delayMs;
    this.#messages.push({ id, body, group, state, atMs, receives: 0, receipt: "" });
    return id;
  }

  receive(max = 1): Received<T>[] {
    requireInteger("max", max, 1, 10);
    this.#catchUp();
    const received: Received<T>[] = [];
    const seen = new Set<string>();
    for (const message of this.#messages) {
      if (received.length === max) break;
      const { group } = message;
      const isBlocked = group !== undefined && seen.has(group);
      if (group !== undefined) seen.add(group);
      if (message.state === "ready" && !isBlocked) received.push(this.#take(message));
    }
    return received;
  }

  ack(receipt: string): boolean {
    this.#catchUp();
    const message = this.#find(receipt);
    if (message === undefined) return false;
    this.#remove(message);
    return true;
  }

  nack(receipt: string, delayMs = 0): boolean {
    this.#catchUp();
    const message = this.#find(receipt);
    if (message === undefined) return false;
    requireInteger("delayMs", delayMs, 0, 900_000);
    if (message.receives >= this.#maxReceives) {
      message.state = "given up";
      message.atMs = this.#nowMs;
    } else {
      message.state = "delayed";
      message.atMs = this.#nowMs + delayMs;
    }
    this.#catchUp();
    return true;
  }

  extend(receipt: string, visibilityMs: number): boolean {
    this.#catchUp();
    const message = this.#find(receipt);
    if (message === undefined) return false;
    requireInteger("visibilityMs", visibilityMs, 1);
    message.atMs = this.#nowMs + visibilityMs;
    return true;
  }

  counts(): Counts {
    this.#catchUp();
    const counts = { ready: 0, delayed: 0, inFlight: 0 };
    for (const { state } of this.#messages) {
      if (state === "ready") counts.ready += 1;
      else if (state === "in flight") counts.inFlight += 1;
      else counts.delayed += 1;
    }
    return counts;
  }

  #catchUp(): void {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    for (const message of this.#messages) {
      if (message.state === "ready" || message.state === "given up") continue;
      if (message.atMs > this.#nowMs) continue;
      message.state = message.receives >= this.#maxReceives ? "given up" : "ready";
    }
    this.#bury();
  }

  #bury(): void {
    const dead = this.#messages.filter(({ state }) => state === "given up");
    for (const message of dead.sort((a, b) => a.atMs - b.atMs)) {
      const { body, group } = message;
      try {
        this.#deadLetter?.send(body, group === undefined ? {} : { group });
      } catch (error) {
        if (error instanceof QueueFullError) return;
        throw error;
      }
      this.#remove(message);
    }
  }

  #take(message: Message<T>): Received<T> {
    message.state = "in flight";
    message.atMs = this.#nowMs + this.#visibilityMs;
    message.receives += 1;
    message.receipt = `receipt-${(this.#received += 1)}`;
    const { id, receipt, body, receives, group } = message;
    return { id, receipt, body, receives, ...(group === undefined ? {} : { group }) };
  }

  #find(receipt: string): Message<T> | undefined {
    return this.#messages.find((each) => each.state === "in flight" && each.receipt === receipt);
  }

  #remove(message: Message<T>): void {
    this.#messages.splice(this.#messages.indexOf(message), 1);
  }
}

function requireInteger(name: string, value: number, min: number, max = Infinity): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, not ${value}`);
}
