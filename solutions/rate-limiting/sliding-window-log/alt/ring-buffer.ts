/** @design A ring of (end, cost) pairs for each key, which doubles; sweeps when the map has doubled. */
import type {
  Clock,
  Decision,
  SlidingLogOptions,
} from "../../../../katas/rate-limiting/sliding-window-log/stub.ts";

/** Pairs lie at 2 * (index modulo size); `from` and `to` count on for ever. */
class Ring {
  spent = 0;
  #pairs = new Float64Array(4);
  #from = 0;
  #to = 0;

  get isEmpty(): boolean {
    return this.#from === this.#to;
  }

  push(endMs: number, cost: number): void {
    const size = this.#pairs.length / 2;
    if (this.#to - this.#from === size) this.#grow();
    const at = this.#at(this.#to);
    this.#pairs[at] = endMs;
    this.#pairs[at + 1] = cost;
    this.#to += 1;
    this.spent += cost;
  }

  dropEnded(nowMs: number): void {
    while (this.#from < this.#to && this.#pairs[this.#at(this.#from)]! <= nowMs) {
      this.spent -= this.#pairs[this.#at(this.#from) + 1]!;
      this.#from += 1;
    }
  }

  /** The end of the pair with which `cost` has ended. */
  endOf(cost: number): number {
    let [index, ended] = [this.#from, 0];
    while (ended < cost) {
      ended += this.#pairs[this.#at(index) + 1]!;
      index += 1;
    }
    return this.#pairs[this.#at(index - 1)]!;
  }

  #at(index: number): number {
    return (2 * index) & (this.#pairs.length - 1);
  }

  #grow(): void {
    const pairs = new Float64Array(this.#pairs.length * 2);
    const count = this.#to - this.#from;
    for (let i = 0; i < count; i += 1) {
      const at = this.#at(this.#from + i);
      pairs[2 * i] = this.#pairs[at]!;
      pairs[2 * i + 1] = this.#pairs[at + 1]!;
    }
    this.#pairs = pairs;
    this.#from = 0;
    this.#to = count;
  }
}

export class SlidingWindowLog {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #rings = new Map<string, Ring>();
  #nowMs = 0;
  #sweepAtSize = 500;

  constructor({ clock, limit, windowMs }: SlidingLogOptions) {
    check(Number.isInteger(limit) && limit >= 0 && limit <= 1e6, "limit");
    check(Number.isInteger(windowMs) && windowMs >= 1 && windowMs <= 1e9, "windowMs");
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    check(Number.isInteger(cost) && cost >= 1, "cost");
    const nowMs = (this.#nowMs = Math.max(this.#nowMs, this.#clock.now()));
    const known = this.#rings.get(key);
    known?.dropEnded(nowMs);
    const left = this.#limit - (known?.spent ?? 0);
    if (cost > left) {
      const wait =
        known === undefined || cost > this.#limit ? Infinity : known.endOf(cost - left) - nowMs;
      return { allowed: false, remaining: left, retryAfterMs: wait };
    }
    const ring = known ?? new Ring();
    ring.push(nowMs + this.#windowMs, cost);
    if (known === undefined) this.#insert(key, ring);
    return { allowed: true, remaining: left - cost, retryAfterMs: 0 };
  }

  #insert(key: string, ring: Ring): void {
    this.#rings.set(key, ring);
    if (this.#rings.size < this.#sweepAtSize) return;
    for (const [other, { isEmpty }] of this.#swept()) if (isEmpty) this.#rings.delete(other);
    this.#sweepAtSize = Math.max(500, 2 * this.#rings.size);
  }

  *#swept(): Iterable<[string, Ring]> {
    for (const entry of this.#rings) {
      entry[1].dropEnded(this.#nowMs);
      yield entry;
    }
  }
}

function check(condition: boolean, name: string): void {
  if (!condition) throw new RangeError(`${name} is out of range`);
}
