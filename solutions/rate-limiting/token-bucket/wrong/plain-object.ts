/**
 * @bug Keeps the buckets in a plain object, where some keys are there from the start.
 * @killedBy matches-model-dyadic
 */
import type {
  Clock,
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

interface Bucket {
  units: number;
  atMs: number;
}

export class TokenBucket {
  readonly #clock: Clock;
  readonly #refillTokens: number;
  readonly #refillMs: number;
  readonly #fullUnits: number;
  readonly #buckets: Record<string, Bucket> = {};
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
    const bucket = this.#refilled(this.#bucketOf(key));
    this.#buckets[key] = bucket;
    const price = cost * this.#refillMs;
    const allowed = bucket.units >= price;
    const retryAfterMs = allowed ? 0 : this.#waitMs(price, bucket.units);
    if (allowed) bucket.units -= price;
    return { allowed, remaining: Math.floor(bucket.units / this.#refillMs), retryAfterMs };
  }

  #bucketOf(key: string): Bucket {
    return this.#buckets[key] ?? { units: this.#fullUnits, atMs: this.#nowMs };
  }

  #refilled({ units, atMs }: Bucket): Bucket {
    const arrived = (this.#nowMs - atMs) * this.#refillTokens;
    return { units: Math.min(this.#fullUnits, units + arrived), atMs: this.#nowMs };
  }

  #waitMs(price: number, units: number): number {
    if (price > this.#fullUnits || this.#refillTokens === 0) return Infinity;
    return Math.ceil((price - units) / this.#refillTokens);
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
