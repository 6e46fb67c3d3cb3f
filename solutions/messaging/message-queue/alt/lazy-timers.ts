/**
 * @design Timers are notes that may be out of date: they are skipped when they come up, and swept out when most of them are. Fresh messages stand in a list, and only those that come back in a heap.
 */
import type {
  Counts,
  QueueOptions,
  Received,
  SendOptions,
} from "../../../../katas/messaging/message-queue/stub.ts";

interface Message<T> {
  readonly order: number;
  readonly body: T;
  readonly line: Message<T>[] | undefined;
  readonly group: string | undefined;
  /** The note that counts, if it waits for time. */
  timer: Timer<T> | undefined;
  receipt: string | undefined;
  receives: number;
}

interface Timer<T> {
  readonly atMs: number;
  readonly message: Message<T>;
}

export class QueueFullError extends Error {
  override name = "QueueFullError";
}

export class MessageQueue<T> {
  readonly #options: QueueOptions<T>;
  #timers: Timer<T>[] = [];
  readonly #fresh: Message<T>[] = [];
  #taken = 0;
  readonly #back: Message<T>[] = [];
  readonly #dead: Timer<T>[] = [];
  readonly #inFlight = new Map<string, Message<T>>();
  readonly #lines = new Map<string, Message<T>[]>();
  #nowMs = 0;
  #delayed = 0;
  #size = 0;
  #sent = 0;
  #receipts = 0;

  constructor({ clock, deadLetter, ...numbers }: QueueOptions<T>) {
    const { visibilityMs = 30_000, maxReceives = Infinity, maxSize = Infinity } = numbers;
    demand(Number.isInteger(visibilityMs) && visibilityMs >= 1);
    demand(maxReceives === Infinity || (Number.isInteger(maxReceives) && maxReceives >= 1));
    demand(maxSize === Infinity || (Number.isInteger(maxSize) && maxSize >= 1));
    demand(maxReceives === Infinity || deadLetter !== undefined);
    const given = deadLetter === undefined ? {} : { deadLetter };
    this.#options = { clock, visibilityMs, maxReceives, maxSize, ...given };
  }

  send(body: T, { delayMs = 0, group }: SendOptions = {}): string {
    demand(Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= 900_000 && group !== "");
    this.#catchUp();
    if (this.#size >= (this.#options.maxSize ?? 0)) throw new QueueFullError("no room");
    this.#size += 1;
    const order = (this.#sent += 1);
    const line = group === undefined ? undefined : (this.#lines.get(group) ?? []);
    const about = { timer: undefined, receipt: undefined, receives: 0 };
    const message: Message<T> = { order, body, line, group, ...about };
    if (group !== undefined && line !== undefined) this.#lines.set(group, line);
    line?.push(message);
    if (delayMs > 0) this.#delay(message, delayMs);
    else if (line === undefined || line[0] === message) this.#fresh.push(message);
    return `message-${order}`;
  }

  receive(max = 1): Received<T>[] {
    demand(Number.isInteger(max) && max >= 1 && max <= 10);
    this.#catchUp();
    const all: Received<T>[] = [];
    for (let next = this.#next(); all.length < max && next; next = this.#next()) {
      if (next === this.#back[0]) pop(this.#back, isOlder);
      else this.#taken += 1;
      const receipt = `receipt-${(this.#receipts += 1)}`;
      next.receipt = receipt;
      next.receives += 1;
      this.#inFlight.set(receipt, next);
      this.#time(next, this.#options.visibilityMs ?? 0);
      const { order, body, group, receives } = next;
      const received = { id: `message-${order}`, receipt, body, receives };
      all.push(group === undefined ? received : { ...received, group });
    }
    if (this.#taken > this.#fresh.length / 2) {
      this.#fresh.splice(0, this.#taken);
      this.#taken = 0;
    }
    return all;
  }

  ack(receipt: string): boolean {
    this.#catchUp();
    const message = this.#release(receipt);
    if (message !== undefined) this.#forget(message);
    return message !== undefined;
  }

  nack(receipt: string, delayMs = 0): boolean {
    demand(Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= 900_000);
    this.#catchUp();
    const message = this.#release(receipt);
    if (message === undefined) return false;
    if (this.#isSpent(message)) {
      push(this.#dead, { atMs: this.#nowMs, message }, isEarlier);
      this.#bury();
    } else if (delayMs > 0) {
      this.#delay(message, delayMs);
    } else {
      this.#offer(message);
    }
    return true;
  }

  extend(receipt: string, visibilityMs: number): boolean {
    demand(Number.isInteger(visibilityMs) && visibilityMs >= 1);
    this.#catchUp();
    const message = this.#inFlight.get(receipt);
    if (message !== undefined) this.#time(message, visibilityMs);
    return message !== undefined;
  }

  counts(): Counts {
    this.#catchUp();
    const delayed = this.#delayed + this.#dead.length;
    const inFlight = this.#inFlight.size;
    return { ready: this.#size - delayed - inFlight, delayed, inFlight };
  }

  #catchUp(): void {
    this.#nowMs = Math.max(this.#nowMs, this.#options.clock.now());
    for (let timer = this.#timers[0]; timer && timer.atMs <= this.#nowMs; timer = this.#timers[0]) {
      pop(this.#timers, isEarlier);
      const { message } = timer;
      if (message.timer !== timer) continue;
      message.timer = undefined;
      if (message.receipt === undefined) this.#delayed -= 1;
      else this.#inFlight.delete(message.receipt);
      message.receipt = undefined;
      if (this.#isSpent(message)) push(this.#dead, timer, isEarlier);
      else this.#offer(message);
    }
    this.#bury();
  }

  #bury(): void {
    for (let first = this.#dead[0]; first !== undefined; first = this.#dead[0]) {
      const { body, group } = first.message;
      try {
        this.#options.deadLetter?.send(body, group === undefined ? {} : { group });
      } catch (error) {
        if (error instanceof QueueFullError) break;
        throw error;
      }
      pop(this.#dead, isEarlier);
      this.#forget(first.message);
    }
  }

  #isSpent({ receives }: Message<T>): boolean {
    return receives >= (this.#options.maxReceives ?? 0);
  }

  /** The oldest of those that are ready and not blocked. */
  #next(): Message<T> | undefined {
    const back = this.#back[0];
    const fresh = this.#fresh[this.#taken];
    return back && fresh && isOlder(fresh, back) ? fresh : (back ?? fresh);
  }

  #delay(message: Message<T>, ms: number): void {
    this.#delayed += 1;
    this.#time(message, ms);
  }

  #time(message: Message<T>, ms: number): void {
    const timer = { atMs: this.#nowMs + ms, message };
    message.timer = timer;
    push(this.#timers, timer, isEarlier);
    const current = this.#inFlight.size + this.#delayed;
    if (this.#timers.length < 2 * current + 100) return;
    // A sorted list is a heap.
    const kept = this.#timers.filter((each) => each.message.timer === each);
    this.#timers = kept.sort((a, b) => (isEarlier(a, b) ? -1 : 1));
  }

  #offer(message: Message<T>): void {
    const { line } = message;
    if (line === undefined || line[0] === message) push(this.#back, message, isOlder);
  }

  #release(receipt: string): Message<T> | undefined {
    const message = this.#inFlight.get(receipt);
    if (message === undefined) return undefined;
    this.#inFlight.delete(receipt);
    message.receipt = undefined;
    message.timer = undefined;
    return message;
  }

  #forget({ line, group }: Message<T>): void {
    this.#size -= 1;
    line?.shift();
    const next = line?.[0];
    if (line?.length === 0 && group !== undefined) this.#lines.delete(group);

    if (next !== undefined && next.timer === undefined) this.#offer(next);
  }
}

type IsBefore<Item> = (a: Item, b: Item) => boolean;
type Ordered = { readonly order: number };
type Timed = { readonly atMs: number; readonly message: Ordered };

function isOlder(a: Ordered, b: Ordered): boolean {
  return a.order < b.order;
}

function isEarlier(a: Timed, b: Timed): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && isOlder(a.message, b.message));
}

function push<Item>(heap: Item[], item: Item, isBefore: IsBefore<Item>): void {
  let place = heap.push(item) - 1;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above] as Item;
    if (!isBefore(item, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = item;
}

function pop<Item>(heap: Item[], isBefore: IsBefore<Item>): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    let below = 2 * place + 1;
    if (below >= heap.length) break;
    const [left, right] = [heap[below] as Item, heap[below + 1]];
    if (right !== undefined && isBefore(right, left)) below += 1;
    const child = heap[below] as Item;
    if (!isBefore(child, last)) break;
    heap[place] = child;
    place = below;
  }
  heap[place] = last;
}

function demand(isFine: boolean): void {
  if (!isFine) throw new RangeError("an argument is out of its range");
}
