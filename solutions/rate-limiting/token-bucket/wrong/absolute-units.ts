/**
 * @bug GCRA in units of now * refillTokens, which leaves the exact integers.
 * @killedBy exact-fractions
 */
import type {
  Clock,
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

export class TokenBucket {
  readonly #clock: Clock;
  readonly #refillTokens: number;
  readonly #refillMs: number;
  readonly #fullUnits: number;
  /** When each bucket is full, in ms * refillTokens. */
  readonly #fullAt = new Map<string, number>();
  readonly #spent = new Map<string, number>();
  #nowMs = 0;

  constructor({ clock, capacity, refillTokens, refillMs }: TokenBucketOptions) {
    requireInteger("capacity", capacity, 0, 1_000_000);
    requireInteger("refillTokens", refillTokens, 0, 1_000_000);
    requireInteger("refillMs", refillMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#refillTokens = refillTokens;
    this.#refillMs = refillMs;
    this.#fullUnits = capacity * refillMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    const now = this.#nowMs * this.#refillTokens;
    const start = Math.max(now, this.#fullAt.get(key) ?? 0);
    const missing = this.#refillTokens === 0 ? (this.#spent.get(key) ?? 0) : start - now;
    const price = cost * this.#refillMs;
    if (missing + price > this.#fullUnits) {
      const never = price > this.#fullUnits || this.#refillTokens === 0;
      const excess = missing + price - this.#fullUnits;
      return {
        allowed: false,
        remaining: Math.floor((this.#fullUnits - missing) / this.#refillMs),
        retryAfterMs: never ? Infinity : Math.ceil(excess / this.#refillTokens),
      };
    }
    this.#fullAt.set(key, start + price);
    this.#spent.set(key, missing + price);
    const remaining = Math.floor((this.#fullUnits - missing - price) / this.#refillMs);
    return { allowed: true, remaining, retryAfterMs: 0 };
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
