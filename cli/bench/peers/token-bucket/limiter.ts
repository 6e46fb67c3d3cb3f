import { TokenBucket as Peer } from "limiter";
import type * as Stub from "../../../../katas/rate-limiting/token-bucket/stub.ts";

export const note = "reads the real clock, one bucket a key in a Map of ours that never forgets";

export class TokenBucket {
  readonly #buckets = new Map<string, Peer>();
  readonly #options: Stub.TokenBucketOptions;

  constructor(options: Stub.TokenBucketOptions) {
    this.#options = options;
  }

  tryAcquire(key: string, cost = 1): boolean {
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      const { capacity, refillTokens, refillMs } = this.#options;
      const rate = { tokensPerInterval: refillTokens, interval: refillMs };
      bucket = new Peer({ bucketSize: capacity, ...rate });
      bucket.content = capacity;
      this.#buckets.set(key, bucket);
    }
    return bucket.tryRemoveTokens(cost);
  }
}
