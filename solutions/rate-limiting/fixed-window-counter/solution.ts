import type {
  Clock,
  Decision,
  FixedWindowOptions,
} from "../../../katas/rate-limiting/fixed-window-counter/stub.ts";

/*
 * Idea: the windows of all keys are the same, so one map of counts is enough, and it is emptied
 * whenever a call finds that its window has ended. No timer: between two calls nobody looks.
 *
 * Cost: O(1) time a call, and an emptied map once a window; memory for the keys of one window.
 * Invariant: #counts holds what passed in the window that ends at #endMs; other keys have 0.
 */
export class FixedWindowCounter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, number>();
  #nowMs = 0;
  #endMs = 0;

  constructor({ clock, limit, windowMs }: FixedWindowOptions) {
    requireInteger("limit", limit, 0, 1_000_000);
    requireInteger("windowMs", windowMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#readClock();
    const count = this.#counts.get(key) ?? 0;
    const after = count + cost;
    if (after > this.#limit) {
      const retryAfterMs = cost > this.#limit ? Infinity : this.#endMs - this.#nowMs;
      return { allowed: false, remaining: this.#limit - count, retryAfterMs };
    }
    this.#counts.set(key, after);
    return { allowed: true, remaining: this.#limit - after, retryAfterMs: 0 };
  }

  /** A clock that steps back stands still, so a window that has ended stays so. */
  #readClock(): void {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    if (this.#nowMs >= this.#endMs) {
      this.#counts.clear();
      this.#endMs = this.#nowMs - (this.#nowMs % this.#windowMs) + this.#windowMs;
    }
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
