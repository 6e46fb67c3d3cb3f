/**
 * @bug Counts in floating point and forgives a billionth of a token, which lets some tokens come early.
 * @killedBy exact-fractions
 */
import type {
  Clock,
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

interface Bucket {
  tokens: number;
  atMs: number;
}

export class TokenBucket {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #capacity: number;
  readonly #buckets = new Map<string, Bucket>();
  #nowMs = 0;

  constructor({ clock, capacity, refillTokens, refillMs }: TokenBucketOptions) {
    requireInteger("capacity", capacity, 0, 1_000_000);
    requireInteger("refillTokens", refillTokens, 0, 1_000_000);
    requireInteger("refillMs", refillMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#perMs = refillTokens / refillMs;
    this.#capacity = capacity;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    const bucket = this.#bucketOf(key);
    this.#refill(bucket);
    const allowed = bucket.tokens + 1e-9 >= cost;
    const retryAfterMs = allowed ? 0 : this.#waitMs(cost, bucket.tokens);
    if (allowed) bucket.tokens -= cost;
    return { allowed, remaining: Math.floor(bucket.tokens + 1e-9), retryAfterMs };
  }

  #bucketOf(key: string): Bucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const bucket = { tokens: this.#capacity, atMs: this.#nowMs };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #refill(bucket: Bucket): void {
    const arrived = (this.#nowMs - bucket.atMs) * this.#perMs;
    bucket.tokens = Math.min(this.#capacity, bucket.tokens + arrived);
    bucket.atMs = this.#nowMs;
  }

  #waitMs(cost: number, tokens: number): number {
    if (cost > this.#capacity || this.#perMs === 0) return Infinity;
    return Math.ceil((cost - tokens - 1e-9) / this.#perMs);
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
