/** Where the time comes from. */
export interface Clock {
  /** Now, in ms: an integer from 0 to 10^15. A reading may be smaller than the one before. */
  now(): number;
}

/** The answer to one request. */
export interface ShapedDecision {
  /** Whether the request is accepted; it is then to be served after delayMs. */
  readonly allowed: boolean;
  /** Accepted: how long to wait before it is served, in ms, an integer >= 0. Denied: 0. */
  readonly delayMs: number;
  /** How many more requests could be accepted in this ms, an integer from 0 to queue. */
  readonly remaining: number;
  /** 0 if allowed. Else the ms until a request could be accepted, an integer >= 1. */
  readonly retryAfterMs: number;
}

export interface LeakyBucketOptions {
  /** The only source of time. */
  readonly clock: Clock;
  /** How many accepted requests of a key may wait to be served: an integer from 0 to 10^6. */
  readonly queue: number;
  /** The time between two departures of a key, in ms: an integer from 1 to 10^9. */
  readonly intervalMs: number;
}

/** Spaces the requests of each key: one leaves every intervalMs, `queue` wait, the others are denied. */
export class LeakyBucket {
  /** @throws RangeError when queue or intervalMs is not an integer in its range. */
  constructor(options: LeakyBucketOptions) {
    throw new Error("unimplemented: LeakyBucket.constructor");
  }

  /**
   * Takes the next free departure for a request of `key`, or denies it. Amortised O(1).
   * @param key any string
   */
  tryAcquire(key: string): ShapedDecision {
    throw new Error("unimplemented: LeakyBucket.tryAcquire");
  }
}
