/**
 * @bug Compares the cost with what is left, then counts 1.
 * @killedBy limit-per-window, matches-model
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
  readonly #counts = new Map<string, number>();
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
    const count = this.#counts.get(key) ?? 0;
    const allowed = count + cost <= this.#limit;
    const after = allowed ? count + 1 : count;
    if (allowed) this.#counts.set(key, after);
    const retryAfterMs = allowed ? 0 : this.#waitMs(cost);
    return { allowed, remaining: this.#limit - after, retryAfterMs };
  }

  #turnTo(nowMs: number): void {
    this.#nowMs = nowMs;
    const window = Math.floor(nowMs / this.#windowMs);
    if (window !== this.#window) this.#counts.clear();
    this.#window = window;
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
