/**
 * @bug Keeps the largest reading for each key, not for the limiter.
 * @killedBy matches-model
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
  readonly #counts = new Map<string, { window: number; count: number; nowMs: number }>();
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
    const known = this.#counts.get(key);
    this.#nowMs = Math.max(known?.nowMs ?? 0, this.#clock.now());
    this.#window = Math.floor(this.#nowMs / this.#windowMs);
    const count = known?.window === this.#window ? known.count : 0;
    const allowed = count + cost <= this.#limit;
    const after = allowed ? count + cost : count;
    this.#counts.set(key, { window: this.#window, count: after, nowMs: this.#nowMs });
    const retryAfterMs = allowed ? 0 : this.#waitMs(cost);
    return { allowed, remaining: this.#limit - after, retryAfterMs };
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
