/** @design GCRA: the theoretical arrival time against a tolerance; a hand walks round the map. */
import type {
  LeakyBucketOptions,
  ShapedDecision,
} from "../../../../katas/rate-limiting/leaky-bucket/stub.ts";

export class LeakyBucket {
  readonly #options: LeakyBucketOptions;
  readonly #toleranceMs: number;
  /** When the next request of a key is expected. */
  readonly #expectedAt = new Map<string, number>();
  #latestMs = 0;
  #hand: Iterator<[string, number]> = this.#expectedAt.entries();

  constructor(options: LeakyBucketOptions) {
    const { queue, intervalMs } = options;
    if (!Number.isInteger(queue) || queue < 0 || queue > 1e6) throw new RangeError("queue");
    if (!Number.isInteger(intervalMs) || intervalMs < 1 || intervalMs > 1e9) {
      throw new RangeError("intervalMs");
    }
    this.#options = { ...options };
    this.#toleranceMs = queue * intervalMs;
  }

  tryAcquire(key: string): ShapedDecision {
    const { clock, queue, intervalMs } = this.#options;
    const reading = clock.now();
    if (reading > this.#latestMs) this.#latestMs = reading;
    const known = this.#expectedAt.get(key);
    const earlyMs = Math.max(0, (known ?? 0) - this.#latestMs);
    if (earlyMs > this.#toleranceMs) {
      const retryAfterMs = earlyMs - this.#toleranceMs;
      return { allowed: false, delayMs: 0, remaining: 0, retryAfterMs };
    }
    if (known === undefined) this.#sweep();
    this.#expectedAt.set(key, this.#latestMs + earlyMs + intervalMs);
    const remaining = Math.floor((this.#toleranceMs - earlyMs) / intervalMs);
    return {
      allowed: true,
      delayMs: earlyMs,
      remaining: Math.min(queue, remaining),
      retryAfterMs: 0,
    };
  }

  /** Looks at two keys for each new one, so that it meets all of them in time. */
  #sweep(): void {
    for (let i = 0; i < 2; i += 1) {
      const { done, value } = this.#hand.next();
      if (done === true) this.#hand = this.#expectedAt.entries();
      else if (value[1] <= this.#latestMs) this.#expectedAt.delete(value[0]);
    }
  }
}
