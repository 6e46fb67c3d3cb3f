/**
 * @bug GCRA with the time at which the bucket is full as a floating-point number of ms.
 * @killedBy exact-fractions
 */
import type {
  Clock,
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

export class TokenBucket {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #msPerToken: number;
  readonly #fullAtMs = new Map<string, number>();
  readonly #spent = new Map<string, number>();
  #nowMs = 0;

  constructor({ clock, capacity, refillTokens, refillMs }: TokenBucketOptions) {
    requireInteger("capacity", capacity, 0, 1_000_000);
    requireInteger("refillTokens", refillTokens, 0, 1_000_000);
    requireInteger("refillMs", refillMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#capacity = capacity;
    this.#msPerToken = refillMs / refillTokens;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    if (this.#msPerToken === Infinity) return this.#withoutRefill(key, cost);
    const startMs = Math.max(this.#nowMs, this.#fullAtMs.get(key) ?? 0);
    const fullAtMs = startMs + cost * this.#msPerToken;
    const waitMs = fullAtMs - this.#nowMs - this.#capacity * this.#msPerToken;
    const allowed = waitMs <= 0;
    if (allowed) this.#fullAtMs.set(key, fullAtMs);
    const missingMs = (allowed ? fullAtMs : startMs) - this.#nowMs;
    const never = cost > this.#capacity ? Infinity : Math.ceil(waitMs);
    return {
      allowed,
      remaining: Math.floor(this.#capacity - missingMs / this.#msPerToken),
      retryAfterMs: allowed ? 0 : never,
    };
  }

  #withoutRefill(key: string, cost: number): Decision {
    const spent = this.#spent.get(key) ?? 0;
    const allowed = spent + cost <= this.#capacity;
    if (allowed) this.#spent.set(key, spent + cost);
    const remaining = this.#capacity - spent - (allowed ? cost : 0);
    return { allowed, remaining, retryAfterMs: allowed ? 0 : Infinity };
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
