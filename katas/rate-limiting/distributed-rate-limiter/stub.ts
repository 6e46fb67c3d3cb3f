/** Where the time comes from. All nodes share a correct clock. */
export interface Clock {
  /** Now, in ms: an integer from 0 to 10^15, never less than before. */
  now(): number;
}

/**
 * Counters that all nodes share. Each call takes effect once and atomically, at some instant between
 * the call and its answer; a call that rejects may or may not have had its effect. A counter that was
 * created at t with a ttl of d is there until t + d - 1 and absent from t + d on.
 */
export interface CounterStore {
  /** The counter, or undefined when it is absent. */
  get(key: string): Promise<number | undefined>;

  /** Creates the counter or overwrites it, with a new ttl. */
  set(key: string, value: number, ttlMs: number): Promise<void>;

  /**
   * Adds `amount`, which may be negative, to the counter and returns its new value. An absent counter
   * is created at 0 first; the ttl of one that is there stays as it is.
   */
  incrBy(key: string, amount: number, ttlMs: number): Promise<number>;

  /**
   * Sets the counter to `next` if it is `expected` (undefined: absent), and returns whether it did.
   * The ttl of a counter that is there stays as it is.
   */
  compareAndSet(
    key: string,
    expected: number | undefined,
    next: number,
    ttlMs: number,
  ): Promise<boolean>;
}

/** The answer to one request. */
export interface Decision {
  /** Whether the request may pass. */
  readonly allowed: boolean;
  /** How much cost is left in the window after the decision, an integer from 0 to limit. */
  readonly remaining: number;
  /** 0 if allowed. Else the ms from the call until it is worth to try again; Infinity if never. */
  readonly retryAfterMs: number;
  /** Whether the store failed, so that the decision is `onStoreError` and nothing was counted. */
  readonly degraded: boolean;
}

export interface DistributedLimiterOptions {
  readonly store: CounterStore;
  /** The only source of time. */
  readonly clock: Clock;
  /** The cost that may pass in one window over all nodes, for each key: an integer from 0 to 10^6. */
  readonly limit: number;
  /** The length of a window, in ms: an integer from 1 to 10^9. */
  readonly windowMs: number;
  /** What becomes of a request for which the store fails. */
  readonly onStoreError: "allow" | "deny";
}

/** One node of a limiter: all nodes with equal options and one store share one limit for each key. */
export class DistributedRateLimiter {
  /** @throws RangeError when limit or windowMs is not an integer in its range. */
  constructor(options: DistributedLimiterOptions) {
    throw new Error("unimplemented: DistributedRateLimiter.constructor");
  }

  /**
   * Decides on one request. Settles when the node is done with it, and never rejects because of the
   * store.
   * @param key any string
   * @param cost what the request costs, an integer >= 1; default 1
   * @throws RangeError (or rejects with one) when cost is not an integer >= 1.
   */
  tryAcquire(key: string, cost?: number): Promise<Decision> {
    throw new Error("unimplemented: DistributedRateLimiter.tryAcquire");
  }
}
