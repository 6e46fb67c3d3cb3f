import type {
  Clock,
  Decision,
  SlidingCounterOptions,
} from "../../../katas/rate-limiting/sliding-window-counter/stub.ts";

/*
 * Idea: keep the cost that passed in this aligned window and in the one before, and pretend that the
 * latter was spread evenly: it counts with the share of its window that a sliding window still covers.
 * Multiplied by windowMs the rule has no fraction:
 *   previous * (ms that still count) + (current + cost) * windowMs <= limit * windowMs.
 *
 * The windows of all keys are the same, so two maps hold everything: at a border the current map
 * becomes the previous one, and the one before that is dropped with all keys that were idle.
 *
 * Cost: O(1) time a call; memory for the keys of two windows, whatever the limit.
 * Invariant: #current holds what passed in the window that ends at #endMs, #previous in the one before.
 */
export class SlidingWindowCounter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  #nowMs = 0;
  #endMs = 0;
  #current = new Map<string, number>();
  #previous = new Map<string, number>();

  constructor({ clock, limit, windowMs }: SlidingCounterOptions) {
    requireInteger("limit", limit, 0, 1_000_000);
    requireInteger("windowMs", windowMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#readClock();
    const current = this.#current.get(key) ?? 0;
    const previous = this.#previous.get(key) ?? 0;
    const weightMs = this.#endMs - this.#nowMs;
    // Never below 0, as the load only falls by waiting. At most 10^15, so exact, and a quotient of
    // such integers rounds down to the right one.
    const free = (this.#limit - current) * this.#windowMs - previous * weightMs;
    const left = Math.floor(free / this.#windowMs);
    if (cost > left) {
      const retryAfterMs = this.#waitMs(previous, current, cost, weightMs);
      return { allowed: false, remaining: left, retryAfterMs };
    }
    this.#current.set(key, current + cost);
    return { allowed: true, remaining: left - cost, retryAfterMs: 0 };
  }

  /** A clock that steps back stands still, so the maps never turn back. */
  #readClock(): void {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    if (this.#nowMs < this.#endMs) return;
    const skipped = this.#nowMs >= this.#endMs + this.#windowMs;
    this.#previous = skipped ? new Map() : this.#current;
    this.#current = new Map();
    this.#endMs = this.#nowMs - (this.#nowMs % this.#windowMs) + this.#windowMs;
  }

  /** The weight falls by 1 in each ms: wait until it is small enough, in this window or the next. */
  #waitMs(previous: number, current: number, cost: number, weightMs: number): number {
    if (cost > this.#limit) return Infinity;
    const enoughMs = this.#largestWeightMs(previous, this.#limit - current - cost);
    if (enoughMs > 0) return weightMs - enoughMs;
    return weightMs + this.#windowMs - this.#largestWeightMs(current, this.#limit - cost);
  }

  /** The largest weight at which `count` in the previous window takes up no more than `room`. */
  #largestWeightMs(count: number, room: number): number {
    if (room < 0) return 0;
    if (count <= room) return this.#windowMs;
    return Math.floor((room * this.#windowMs) / count);
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
