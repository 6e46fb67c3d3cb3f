/** @design GCRA: a key stores the time at which its bucket is full, as whole ms and a rest. */
import type {
  Clock,
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

/** Full at `ms` plus `rest` / refillTokens. */
interface FullAt {
  ms: number;
  rest: number;
}

export class TokenBucket {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #token: number;
  readonly #fullUnits: number;
  readonly #fullAt = new Map<string, FullAt>();
  #nowMs = 0;
  /** Walks round the map: two keys for each new one, so that it meets all of them in time. */
  #hand: Iterator<[string, FullAt]> = this.#fullAt.entries();

  constructor({ clock, capacity, refillTokens, refillMs }: TokenBucketOptions) {
    check(Number.isInteger(capacity) && capacity >= 0 && capacity <= 1e6, "capacity");
    check(
      Number.isInteger(refillTokens) && refillTokens >= 0 && refillTokens <= 1e6,
      "refillTokens",
    );
    check(Number.isInteger(refillMs) && refillMs >= 1 && refillMs <= 1e9, "refillMs");
    this.#clock = clock;
    this.#perMs = refillTokens;
    this.#token = refillMs;
    this.#fullUnits = capacity * refillMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    check(Number.isInteger(cost) && cost >= 1, "cost");
    const nowMs = (this.#nowMs = Math.max(this.#nowMs, this.#clock.now()));
    const fullAt = this.#fullAt.get(key);
    const missing = fullAt === undefined ? 0 : this.#missing(fullAt);
    const price = cost * this.#token;
    const excess = missing + price - this.#fullUnits;
    if (excess > 0) {
      const never = price > this.#fullUnits || this.#perMs === 0;
      return {
        allowed: false,
        remaining: Math.floor((this.#fullUnits - missing) / this.#token),
        retryAfterMs: never ? Infinity : Math.ceil(excess / this.#perMs),
      };
    }
    const left = missing + price;
    const ms = this.#perMs === 0 ? 0 : Math.floor(left / this.#perMs);
    const next = { ms: nowMs + ms, rest: left - ms * this.#perMs };
    if (fullAt === undefined) {
      this.#sweep();
      this.#fullAt.set(key, next);
    } else {
      Object.assign(fullAt, next);
    }
    const remaining = Math.floor((this.#fullUnits - left) / this.#token);
    return { allowed: true, remaining, retryAfterMs: 0 };
  }

  /** Units until full: 1 ms brings perMs of them. */
  #missing({ ms, rest }: FullAt): number {
    if (this.#perMs === 0) return rest;
    return Math.max(0, (ms - this.#nowMs) * this.#perMs + rest);
  }

  #sweep(): void {
    for (let i = 0; i < 2; i += 1) {
      const { done, value } = this.#hand.next();
      if (done === true) this.#hand = this.#fullAt.entries();
      else if (this.#missing(value[1]) === 0) this.#fullAt.delete(value[0]);
    }
  }
}

function check(condition: boolean, name: string): void {
  if (!condition) throw new RangeError(`${name} is out of range`);
}
