/** Where the time comes from. */
export interface Clock {
  /** Now, in ms: an integer from 0 to 10^15. A reading may be smaller than the one before. */
  now(): number;
}

/** The answer to one request. */
export interface Decision {
  /** Whether the request may pass; its cost is then counted. */
  readonly allowed: boolean;
  /** How much cost may still pass right now, after the decision, an integer from 0 to limit. */
  readonly remaining: number;
  /** 0 if allowed. Else the ms until the same call could pass, an integer >= 1; Infinity if never. */
  readonly retryAfterMs: number;
}

export interface SlidingCounterOptions {
  /** The only source of time. */
  readonly clock: Clock;
  /** The cost that may weigh on a key at any time: an integer from 0 to 10^6. */
  readonly limit: number;
  /** The length of a window, in ms: an integer from 1 to 10^9. */
  readonly windowMs: number;
}

/** Lets a cost of about `limit` pass in any stretch of `windowMs`, for each key, with two counters. */
export class SlidingWindowCounter {
  /** @throws RangeError when limit or windowMs is not an integer in its range. */
  constructor(options: SlidingCounterOptions) {
    throw new Error("unimplemented: SlidingWindowCounter.constructor");
  }

  /**
   * Counts `cost` for `key`, or nothing if the two weighted counters would exceed the limit. Amortised
   * O(1).
   * @param key any string
   * @param cost what the request costs, an integer >= 1; default 1
   * @throws RangeError when cost is not an integer >= 1.
   */
  tryAcquire(key: string, cost?: number): Decision {
    throw new Error("unimplemented: SlidingWindowCounter.tryAcquire");
  }
}
