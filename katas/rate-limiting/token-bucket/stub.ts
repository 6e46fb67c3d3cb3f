/** Where the time comes from. */
export interface Clock {
  /** Now, in ms: an integer from 0 to 10^15. A reading may be smaller than the one before. */
  now(): number;
}

/** The answer to one request. */
export interface Decision {
  /** Whether the request may pass; its tokens are then taken. */
  readonly allowed: boolean;
  /** Whole tokens in the bucket after the decision, an integer from 0 to capacity. */
  readonly remaining: number;
  /** 0 if allowed. Else the ms until the same call could pass, an integer >= 1; Infinity if never. */
  readonly retryAfterMs: number;
}

export interface TokenBucketOptions {
  /** The only source of time. */
  readonly clock: Clock;
  /** Tokens in a full bucket, an integer from 0 to 10^6. A bucket starts full. */
  readonly capacity: number;
  /** Tokens that arrive, evenly spread, in every refillMs: an integer from 0 to 10^6. */
  readonly refillTokens: number;
  /** The time in which refillTokens arrive, in ms: an integer from 1 to 10^9. */
  readonly refillMs: number;
}

/** Lets bursts of up to `capacity` pass, and refillTokens / refillMs on average, for each key. */
export class TokenBucket {
  /** @throws RangeError when capacity, refillTokens or refillMs is not an integer in its range. */
  constructor(options: TokenBucketOptions) {
    throw new Error("unimplemented: TokenBucket.constructor");
  }

  /**
   * Takes `cost` tokens from the bucket of `key`, or none if it holds fewer. Amortised O(1).
   * @param key any string
   * @param cost tokens to take, an integer >= 1; default 1
   * @throws RangeError when cost is not an integer >= 1.
   */
  tryAcquire(key: string, cost?: number): Decision {
    throw new Error("unimplemented: TokenBucket.tryAcquire");
  }
}
