/**
 * @bug Accepts any numbers.
 * @killedBy bad-input
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
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    this.#turnTo(Math.max(this.#nowMs, this.#clock.now()));
    const count = this.#counts.get(key) ?? 0;
    const allowed = count + cost <= this.#limit;
    const after = allowed ? count + cost : count;
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
