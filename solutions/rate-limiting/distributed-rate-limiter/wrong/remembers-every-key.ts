/**
 * @bug Keeps a note of each counter that it has ever used.
 * @killedBy budget:key-churn
 */
import type {
  Clock,
  CounterStore,
  Decision,
  DistributedLimiterOptions,
} from "../../../../katas/rate-limiting/distributed-rate-limiter/stub.ts";

export class DistributedRateLimiter {
  readonly #store: CounterStore;
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #onStoreError: "allow" | "deny";
  readonly #used = new Set<string>();

  constructor({ store, clock, limit, windowMs, onStoreError }: DistributedLimiterOptions) {
    requireInteger("limit", limit, 0, 1_000_000);
    requireInteger("windowMs", windowMs, 1, 1_000_000_000);
    this.#store = store;
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#onStoreError = onStoreError;
  }

  async tryAcquire(key: string, cost = 1): Promise<Decision> {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    const nowMs = this.#clock.now();
    const window = Math.floor(nowMs / this.#windowMs);
    const endMs = (window + 1) * this.#windowMs;
    if (cost > this.#limit) return denied(0, Infinity);
    const counter = `${window}:${key}`;
    this.#used.add(counter);
    let sum: number;
    try {
      sum = await this.#store.incrBy(counter, cost, this.#windowMs);
    } catch {
      return this.#withoutStore();
    }
    if (sum <= this.#limit && this.#clock.now() < endMs) {
      return { allowed: true, remaining: this.#limit - sum, retryAfterMs: 0, degraded: false };
    }
    await this.#giveBack(counter, cost);
    const left = this.#limit - (sum - cost);
    return denied(Math.min(Math.max(left, 0), this.#limit), endMs - nowMs);
  }

  async #giveBack(counter: string, cost: number): Promise<void> {
    try {
      await this.#store.incrBy(counter, -cost, this.#windowMs);
    } catch {
      // Done or not, nobody gets more than the limit; the cost may be lost until the window ends.
    }
  }

  #withoutStore(): Decision {
    const allowed = this.#onStoreError === "allow";
    return { allowed, remaining: 0, retryAfterMs: allowed ? 0 : 1_000, degraded: true };
  }
}

function denied(remaining: number, retryAfterMs: number): Decision {
  return { allowed: false, remaining, retryAfterMs, degraded: false };
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
