/** @design Whole tokens and a remainder, as in long division; sweeps when the map has doubled. */
import type {
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

class Bucket {
  tokens: number;
  /** Parts of the next token, of which refillMs make one. */
  parts = 0;
  atMs: number;

  constructor(tokens: number, atMs: number) {
    this.tokens = tokens;
    this.atMs = atMs;
  }
}

export class TokenBucket {
  readonly #options: TokenBucketOptions;
  readonly #buckets = new Map<string, Bucket>();
  #latestMs: number;
  #sweepAtSize = 1_000;

  constructor(options: TokenBucketOptions) {
    const { capacity, refillTokens, refillMs } = options;
    for (const value of [capacity, refillTokens]) {
      if (!Number.isInteger(value) || value < 0 || value > 1e6) throw new RangeError("bad amount");
    }
    if (!Number.isInteger(refillMs) || refillMs < 1 || refillMs > 1e9) {
      throw new RangeError("bad refillMs");
    }
    this.#options = { ...options };
    this.#latestMs = options.clock.now();
  }

  tryAcquire(key: string, cost = 1): Decision {
    if (!Number.isInteger(cost) || cost < 1) throw new RangeError("bad cost");
    const reading = this.#options.clock.now();
    if (reading > this.#latestMs) this.#latestMs = reading;
    const bucket = this.#bucketOf(key);
    this.#fill(bucket);
    const allowed = bucket.tokens >= cost;
    if (allowed) bucket.tokens -= cost;
    const retryAfterMs = allowed ? 0 : this.#waitMs(bucket, cost);
    return { allowed, remaining: bucket.tokens, retryAfterMs };
  }

  #bucketOf(key: string): Bucket {
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#sweepAtSize) this.#sweep();
      bucket = new Bucket(this.#options.capacity, this.#latestMs);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  #fill(bucket: Bucket): void {
    const { capacity, refillTokens, refillMs } = this.#options;
    const elapsedMs = this.#latestMs - bucket.atMs;
    if (elapsedMs === 0) return;
    const parts = bucket.parts + elapsedMs * refillTokens;
    const arrived = Math.floor(parts / refillMs);
    bucket.atMs = this.#latestMs;
    if (bucket.tokens + arrived >= capacity) {
      bucket.tokens = capacity;
      bucket.parts = 0;
    } else {
      bucket.tokens += arrived;
      bucket.parts = parts % refillMs;
    }
  }

  #waitMs({ tokens, parts }: Bucket, cost: number): number {
    const { capacity, refillTokens, refillMs } = this.#options;
    if (cost > capacity || refillTokens === 0) return Infinity;
    return Math.ceil(((cost - tokens) * refillMs - parts) / refillTokens);
  }

  #sweep(): void {
    for (const [key, bucket] of this.#buckets) {
      this.#fill(bucket);
      if (bucket.tokens === this.#options.capacity) this.#buckets.delete(key);
    }
    this.#sweepAtSize = Math.max(1_000, 2 * this.#buckets.size);
  }
}
