/**
 * @bug Keeps blocked messages among the ready ones, and passes them by in every receive.
 * @killedBy budget:groups
 */
import type {
  Clock,
  Counts,
  QueueOptions,
  Received,
  SendOptions,
} from "../../../../katas/messaging/message-queue/stub.ts";

const LONGEST_DELAY_MS = 900_000;
const MOST_AT_ONCE = 10;
const NOWHERE = -1;

interface Group<T> {
  readonly name: string;
  head: Message<T> | undefined;
  tail: Message<T> | undefined;
}

interface Message<T> {
  readonly order: number;
  readonly body: T;
  readonly group: Group<T> | undefined;
  receives: number;
  receipt: string;
  atMs: number;
  next: Message<T> | undefined;
  place: number;
}

const isOlder = <T>(a: Message<T>, b: Message<T>): boolean => a.order < b.order;
const isEarlier = <T>(a: Message<T>, b: Message<T>): boolean =>
  a.atMs === b.atMs ? isOlder(a, b) : a.atMs < b.atMs;

export class QueueFullError extends Error {
  override name = "QueueFullError";
}

export class MessageQueue<T> {
  readonly #clock: Clock;
  readonly #limits: Record<"visibilityMs" | "maxReceives" | "maxSize", number>;
  readonly #deadLetter: { send(body: T, options: SendOptions): string } | undefined;

  readonly #waiting = new Heap<Message<T>>(isEarlier);
  readonly #ready = new Heap<Message<T>>(isOlder);
  readonly #givenUp = new Heap<Message<T>>(isEarlier);
  readonly #inFlight = new Map<string, Message<T>>();
  readonly #groups = new Map<string, Group<T>>();
  #nowMs = -Infinity;
  #sent = 0;
  #size = 0;

  constructor(options: QueueOptions<T>) {
    const { visibilityMs = 30_000, maxReceives = Infinity, maxSize = Infinity } = options;
    requireInteger("visibilityMs", visibilityMs, 1);
    if (maxReceives !== Infinity) requireInteger("maxReceives", maxReceives, 1);
    if (maxSize !== Infinity) requireInteger("maxSize", maxSize, 1);
    if (maxReceives !== Infinity && options.deadLetter === undefined) {
      throw new TypeError("a finite maxReceives needs a deadLetter");
    }
    this.#clock = options.clock;
    this.#limits = { visibilityMs, maxReceives, maxSize };
    this.#deadLetter = options.deadLetter;
  }

  send(body: T, { delayMs = 0, group }: SendOptions = {}): string {
    requireInteger("delayMs", delayMs, 0, LONGEST_DELAY_MS);
    if (group === "") throw new RangeError("group must not be empty");
    this.#moveDue();
    if (this.#size >= this.#limits.maxSize) {
      throw new QueueFullError(`the queue holds ${this.#limits.maxSize} messages`);
    }
    const message = this.#enlist(body, group);
    if (delayMs === 0) this.#makeReady(message);
    else this.#waitUntil(message, this.#nowMs + delayMs);
    return String(message.order);
  }

  receive(max = 1): Received<T>[] {
    requireInteger("max", max, 1, MOST_AT_ONCE);
    this.#moveDue();
    const received: Received<T>[] = [];
    const passed: Message<T>[] = [];
    while (received.length < max && this.#ready.first !== undefined) {
      const message = this.#ready.first;
      if (message.group === undefined || message.group.head === message) {
        received.push(this.#takeOff(message));
      } else {
        this.#ready.remove(message);
        passed.push(message);
      }
    }
    for (const message of passed) this.#ready.push(message);
    return received;
  }

  ack(receipt: string): boolean {
    this.#moveDue();
    const message = this.#land(receipt);
    if (message !== undefined) this.#drop(message);
    return message !== undefined;
  }

  nack(receipt: string, delayMs = 0): boolean {
    requireInteger("delayMs", delayMs, 0, LONGEST_DELAY_MS);
    this.#moveDue();
    const message = this.#land(receipt);
    if (message === undefined) return false;
    const isGivenUp = message.receives >= this.#limits.maxReceives;
    this.#waitUntil(message, isGivenUp ? this.#nowMs : this.#nowMs + delayMs);
    this.#moveDue();
    return true;
  }

  extend(receipt: string, visibilityMs: number): boolean {
    requireInteger("visibilityMs", visibilityMs, 1);
    this.#moveDue();
    const message = this.#inFlight.get(receipt);
    if (message === undefined) return false;
    this.#waiting.remove(message);
    this.#waitUntil(message, this.#nowMs + visibilityMs);
    return true;
  }

  counts(): Counts {
    this.#moveDue();
    const inFlight = this.#inFlight.size;
    const delayed = this.#waiting.size - inFlight + this.#givenUp.size;
    return { ready: this.#size - delayed - inFlight, delayed, inFlight };
  }

  #moveDue(): void {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    for (let message; (message = this.#waiting.first) && message.atMs <= this.#nowMs;) {
      this.#waiting.remove(message);
      this.#inFlight.delete(message.receipt);
      if (message.receives < this.#limits.maxReceives) this.#makeReady(message);
      else this.#givenUp.push(message);
    }
    this.#bury();
  }

  #bury(): void {
    for (let message; (message = this.#givenUp.first);) {
      const { body, group } = message;
      try {
        this.#deadLetter?.send(body, group === undefined ? {} : { group: group.name });
      } catch (error) {
        if (error instanceof QueueFullError) return;
        throw error;
      }
      this.#givenUp.remove(message);
      this.#drop(message);
    }
  }

  #enlist(body: T, name: string | undefined): Message<T> {
    this.#sent += 1;
    this.#size += 1;
    const group = name === undefined ? undefined : this.#groupOf(name);
    const fresh = { receives: 0, receipt: "", atMs: 0, next: undefined, place: NOWHERE };
    const message: Message<T> = { order: this.#sent, body, group, ...fresh };
    if (group === undefined) return message;
    if (group.tail === undefined) group.head = message;
    else group.tail.next = message;
    group.tail = message;
    return message;
  }

  #groupOf(name: string): Group<T> {
    let group = this.#groups.get(name);
    if (group === undefined)
      this.#groups.set(name, (group = { name, head: undefined, tail: undefined }));
    return group;
  }

  #waitUntil(message: Message<T>, atMs: number): void {
    message.atMs = atMs;
    this.#waiting.push(message);
  }

  #makeReady(message: Message<T>): void {
    this.#ready.push(message);
  }

  #takeOff(message: Message<T>): Received<T> {
    this.#ready.remove(message);
    message.receives += 1;
    message.receipt = `${message.order}:${message.receives}`;
    this.#inFlight.set(message.receipt, message);
    this.#waitUntil(message, this.#nowMs + this.#limits.visibilityMs);
    const { order, receipt, body, receives, group } = message;
    const received = { id: String(order), receipt, body, receives };
    return group === undefined ? received : { ...received, group: group.name };
  }

  #land(receipt: string): Message<T> | undefined {
    const message = this.#inFlight.get(receipt);
    if (message === undefined) return undefined;
    this.#inFlight.delete(receipt);
    this.#waiting.remove(message);
    return message;
  }

  #drop({ group, next }: Message<T>): void {
    this.#size -= 1;
    if (group === undefined) return;
    if (next === undefined) {
      this.#groups.delete(group.name);
    } else {
      group.head = next;
    }
  }
}

class Heap<Item extends { place: number }> {
  readonly #items: Item[] = [];
  readonly #isBefore: (a: Item, b: Item) => boolean;

  constructor(isBefore: (a: Item, b: Item) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#items.length;
  }

  get first(): Item | undefined {
    return this.#items[0];
  }

  push(item: Item): void {
    this.#items.push(item);
    this.#rise(item, this.#items.length - 1);
  }

  remove(item: Item): void {
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      this.#rise(last, item.place);
      this.#sink(last, last.place);
    }
    item.place = NOWHERE;
  }

  #rise(item: Item, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#items[above] as Item;
      if (!this.#isBefore(item, parent)) break;
      this.#set(parent, place);
      place = above;
    }
    this.#set(item, place);
  }

  #sink(item: Item, from: number): void {
    let place = from;
    for (;;) {
      const left = this.#items[2 * place + 1];
      const right = this.#items[2 * place + 2];
      const child = left && right && this.#isBefore(right, left) ? right : left;
      if (child === undefined || !this.#isBefore(child, item)) break;
      const below = child.place;
      this.#set(child, place);
      place = below;
    }
    this.#set(item, place);
  }

  #set(item: Item, place: number): void {
    this.#items[place] = item;
    item.place = place;
  }
}

function requireInteger(name: string, value: number, min: number, max = Infinity): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, not ${value}`);
}
