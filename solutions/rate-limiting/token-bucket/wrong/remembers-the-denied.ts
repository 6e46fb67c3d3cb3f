/**
 * @bug Makes a bucket for each key that it meets; with capacity 0 there is no time after which it forgets.
 * @killedBy budget:denied-keys
 */
import type {
  Clock,
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

interface Bucket {
  units: number;
  /** When `units` was right. */
  atMs: number;
}

export class TokenBucket {
  readonly #clock: Clock;
  readonly #refillTokens: number;
  readonly #refillMs: number;
  readonly #fullUnits: number;
  /** An empty bucket is full after this time; Infinity when there is nothing to wait for. */
  readonly #fullMs: number;
  #nowMs = 0;
  #turnedAtMs = 0;
  #recent = new Map<string, Bucket>();
  #older = new Map<string, Bucket>();

  constructor({ clock, capacity, refillTokens, refillMs }: TokenBucketOptions) {
    requireInteger("capacity", capacity, 0, 1_000_000);
    requireInteger("refillTokens", refillTokens, 0, 1_000_000);
    requireInteger("refillMs", refillMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#refillTokens = refillTokens;
    this.#refillMs = refillMs;
    this.#fullUnits = capacity * refillMs;
    this.#fullMs = Math.ceil(this.#fullUnits / refillTokens) || Infinity;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    const nowMs = this.#readClock();
    const bucket = this.#find(key);
    const units = this.#unitsAt(nowMs, bucket);
    const price = cost * this.#refillMs;
    if (price > units) return this.#decide(false, units, this.#waitMs(price, units));

    const left = units - price;
    bucket.units = left;
    bucket.atMs = nowMs;
    return this.#decide(true, left, 0);
  }

  /** A clock that steps back stands still. */
  #readClock(): number {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    if (this.#nowMs - this.#turnedAtMs >= this.#fullMs) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#turnedAtMs = this.#nowMs;
    }
    return this.#nowMs;
  }

  #find(key: string): Bucket {
    let bucket = this.#recent.get(key) ?? this.#older.get(key);
    bucket ??= { units: this.#fullUnits, atMs: this.#nowMs };
    this.#recent.set(key, bucket);
    return bucket;
  }

  /** Exact: a product beyond 2^53 is rounded, but it is capped then, as a full bucket is <= 10^15. */
  #unitsAt(nowMs: number, { units, atMs }: Bucket): number {
    return Math.min(this.#fullUnits, units + (nowMs - atMs) * this.#refillTokens);
  }

  #waitMs(price: number, units: number): number {
    if (price > this.#fullUnits || this.#refillTokens === 0) return Infinity;
    return Math.ceil((price - units) / this.#refillTokens);
  }

  #decide(allowed: boolean, units: number, retryAfterMs: number): Decision {
    return { allowed, remaining: Math.floor(units / this.#refillMs), retryAfterMs };
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
