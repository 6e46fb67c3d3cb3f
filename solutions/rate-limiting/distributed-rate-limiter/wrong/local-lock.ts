/**
 * @bug Reads and writes back under a lock that only this node knows.
 * @killedBy never-over-limit
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
  /** The last request of this node. */
  #last: Promise<unknown> = Promise.resolve();

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
    const decided = this.#last.then(() => this.#decide(`${window}:${key}`, cost, { nowMs, endMs }));
    this.#last = decided;
    return decided;
  }

  async #decide(
    counter: string,
    cost: number,
    { nowMs, endMs }: { nowMs: number; endMs: number },
  ): Promise<Decision> {
    try {
      const sum = await this.#store.get(counter);
      const left = this.#limit - (sum ?? 0);
      if (cost > left || this.#clock.now() >= endMs) {
        return denied(Math.min(Math.max(left, 0), this.#limit), endMs - nowMs);
      }
      await this.#store.set(counter, (sum ?? 0) + cost, this.#windowMs);
      if (this.#clock.now() >= endMs) return denied(0, endMs - nowMs);
      return { allowed: true, remaining: left - cost, retryAfterMs: 0, degraded: false };
    } catch {
      return this.#withoutStore();
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
