/**
 * @bug Takes what is left when the cost does not fit.
 * @killedBy denied-is-free-and-keys-independent, matches-model
 */
import type {
  Clock,
  Decision,
  SlidingCounterOptions,
} from "../../../../katas/rate-limiting/sliding-window-counter/stub.ts";

export class SlidingWindowCounter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  #current = new Map<string, number>();
  #previous = new Map<string, number>();
  #nowMs = 0;
  #window = 0;

  constructor({ clock, limit, windowMs }: SlidingCounterOptions) {
    requireInteger("limit", limit, 0, 1_000_000);
    requireInteger("windowMs", windowMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#turnTo(Math.max(this.#nowMs, this.#clock.now()));
    const current = this.#current.get(key) ?? 0;
    const previous = this.#previous.get(key) ?? 0;
    const weightMs = this.#windowMs - (this.#nowMs % this.#windowMs);
    const left = this.#left(previous, current, weightMs);
    const allowed = cost <= left;
    this.#current.set(key, current + Math.min(cost, left));
    const remaining = allowed ? left - cost : left;
    const retryAfterMs = allowed ? 0 : this.#waitMs(previous, current, cost, weightMs);
    return { allowed, remaining, retryAfterMs };
  }

  #turnTo(nowMs: number): void {
    this.#nowMs = nowMs;
    const window = Math.floor(nowMs / this.#windowMs);
    if (window === this.#window) return;
    this.#previous = window === this.#window + 1 ? this.#current : new Map();
    this.#current = new Map();
    this.#window = window;
  }

  #left(previous: number, current: number, weightMs: number): number {
    const free = (this.#limit - current) * this.#windowMs - previous * weightMs;
    return Math.floor(free / this.#windowMs);
  }

  #waitMs(previous: number, current: number, cost: number, weightMs: number): number {
    if (cost > this.#limit) return Infinity;
    const enoughMs = this.#largestWeightMs(previous, this.#limit - current - cost);
    if (enoughMs > 0) return weightMs - enoughMs;
    return weightMs + this.#windowMs - this.#largestWeightMs(current, this.#limit - cost);
  }

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
