/**
 * @bug Keeps a record for each key for ever.
 * @killedBy budget:key-churn
 */
import type {
  Clock,
  Decision,
  FixedWindowOptions,
} from "../../../../katas/rate-limiting/fixed-window-counter/stub.ts";

export class FixedWindowCounter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, { window: number; count: number }>();
  #nowMs = 0;
  #window = 0;

  constructor({ clock, limit, windowMs }: FixedWindowOptions) {
    requireInteger("limit", limit, 0, 1_000_000);
    requireInteger("windowMs", windowMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#turnTo(Math.max(this.#nowMs, this.#clock.now()));
    const known = this.#counts.get(key);
    const count = known?.window === this.#window ? known.count : 0;
    const allowed = count + cost <= this.#limit;
    const after = allowed ? count + cost : count;
    if (allowed) this.#counts.set(key, { window: this.#window, count: after });
    const retryAfterMs = allowed ? 0 : this.#waitMs(cost);
    return { allowed, remaining: this.#limit - after, retryAfterMs };
  }

  #turnTo(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#window = Math.floor(nowMs / this.#windowMs);
  }

  #waitMs(cost: number): number {
    if (cost > this.#limit) return Infinity;
    return (this.#window + 1) * this.#windowMs - this.#nowMs;
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
