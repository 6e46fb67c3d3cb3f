/** The only source of time. */
export interface Clock {
  /** The current instant in integer ms. It may step back. */
  now(): number;
}

/** How a queue is set up. It is read once, by the constructor. */
export interface QueueOptions<T> {
  readonly clock: Clock;
  /** How long a receiver has for a message, in ms: an integer >= 1; default 30,000. */
  readonly visibilityMs?: number;
  /** Receives after which a message is given up: an integer >= 1, or Infinity, the default. */
  readonly maxReceives?: number;
  /** Where messages go that are given up; needed if `maxReceives` is finite. */
  readonly deadLetter?: MessageQueue<T>;
  /** Messages that may be held, whatever their state: an integer >= 1, or Infinity, the default. */
  readonly maxSize?: number;
}

export interface SendOptions {
  /** How long the message is kept back, in ms: an integer from 0 to 900,000; default 0. */
  readonly delayMs?: number;
  /** Messages of one group are received one after the other, in send order. Not empty. */
  readonly group?: string;
}

/** A message in the hands of a receiver. */
export interface Received<T> {
  /** What `send` returned for it. */
  id: string;
  /** Stands for this one receive: `ack`, `nack` and `extend` want it. */
  receipt: string;
  /** The very value that was sent. */
  body: T;
  /** How often it was received from this queue, this time included. */
  receives: number;
  /** The group it was sent with, if it was sent with one. */
  group?: string;
}

/** How many messages are held, by state. */
export interface Counts {
  ready: number;
  delayed: number;
  inFlight: number;
}

/** The queue holds `maxSize` messages. */
export class QueueFullError extends Error {
  override name = "QueueFullError";
}

/** Hands each message to one receiver at a time, until somebody acknowledges it. */
export class MessageQueue<T> {
  /**
   * @throws RangeError when a number is out of its range.
   * @throws TypeError or RangeError when `maxReceives` is finite and there is no `deadLetter`.
   */
  constructor(options: QueueOptions<T>) {
    throw new Error("unimplemented: MessageQueue.constructor");
  }

  /**
   * Adds a message behind all others and returns its id, which no other message of this queue has.
   * O(log n).
   * @throws RangeError when `delayMs` is out of its range, or `group` is empty.
   * @throws QueueFullError when there is no room.
   */
  send(body: T, options?: SendOptions): string {
    throw new Error("unimplemented: MessageQueue.send");
  }

  /**
   * Takes up to `max` messages, oldest first, for `visibilityMs`. O(log n) for each.
   * @param max an integer from 1 to 10, default 1
   * @throws RangeError when `max` is out of its range.
   */
  receive(max?: number): Received<T>[] {
    throw new Error("unimplemented: MessageQueue.receive");
  }

  /** Deletes a message that was processed. False: the receipt is not valid. O(log n). */
  ack(receipt: string): boolean {
    throw new Error("unimplemented: MessageQueue.ack");
  }

  /**
   * Gives a message back unprocessed. False: the receipt is not valid. O(log n).
   * @param delayMs ms until it is ready again: an integer from 0 to 900,000, default 0
   * @throws RangeError when `delayMs` is out of its range.
   */
  nack(receipt: string, delayMs?: number): boolean {
    throw new Error("unimplemented: MessageQueue.nack");
  }

  /**
   * Sets a new deadline, `visibilityMs` from now. False: the receipt is not valid. O(log n).
   * @param visibilityMs an integer >= 1
   * @throws RangeError when `visibilityMs` is out of its range.
   */
  extend(receipt: string, visibilityMs: number): boolean {
    throw new Error("unimplemented: MessageQueue.extend");
  }

  /** How many messages are held now, by state. O(1), besides what is due. */
  counts(): Counts {
    throw new Error("unimplemented: MessageQueue.counts");
  }
}
