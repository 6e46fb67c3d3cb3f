/**
 * @bug Sweeps once the calls outnumber the accounts, but each new key adds one of both: it never does.
 * @killedBy budget:key-churn
 */
import type {
  Decision,
  TokenBucketOptions,
} from "../../../../katas/rate-limiting/token-bucket/stub.ts";

interface Account {
  baseMs: number;
  takenUnits: number;
}

export class TokenBucket {
  readonly #options: TokenBucketOptions;
  readonly #accounts = new Map<string, Account>();
  #nowMs = 0;
  #calls = 0;

  constructor(options: TokenBucketOptions) {
    const ranges = { capacity: [0, 1e6], refillTokens: [0, 1e6], refillMs: [1, 1e9] } as const;
    for (const name of ["capacity", "refillTokens", "refillMs"] as const) {
      const [min, max] = ranges[name];
      const value = options[name];
      if (!Number.isInteger(value) || value < min || value > max) throw new RangeError(name);
    }
    this.#options = { ...options };
  }

  tryAcquire(key: string, cost = 1): Decision {
    if (!Number.isInteger(cost) || cost < 1) throw new RangeError("cost");
    const { clock, capacity, refillTokens, refillMs } = this.#options;
    this.#nowMs = Math.max(this.#nowMs, clock.now());
    this.#sweepNowAndThen();
    const account = this.#accounts.get(key);
    if (account !== undefined) this.#rebase(account);
    const missing = account === undefined ? 0 : account.takenUnits - this.#refilled(account);
    const units = capacity * refillMs - missing;
    const price = cost * refillMs;
    if (price > units) {
      const never = cost > capacity || refillTokens === 0;
      const retryAfterMs = never ? Infinity : Math.ceil((price - units) / refillTokens);
      return { allowed: false, remaining: Math.floor(units / refillMs), retryAfterMs };
    }
    if (account === undefined) {
      this.#accounts.set(key, { baseMs: this.#nowMs, takenUnits: price });
    } else {
      account.takenUnits += price;
    }
    return { allowed: true, remaining: Math.floor((units - price) / refillMs), retryAfterMs: 0 };
  }

  #refilled({ baseMs }: Account): number {
    return (this.#nowMs - baseMs) * this.#options.refillTokens;
  }

  /** Starts over when full, and keeps both sums small when it is not. */
  #rebase(account: Account): void {
    const refilled = this.#refilled(account);
    if (refilled >= account.takenUnits) {
      account.takenUnits = 0;
      account.baseMs = this.#nowMs;
    } else if (refilled > 2 ** 50) {
      account.takenUnits -= refilled;
      account.baseMs = this.#nowMs;
    }
  }

  /** Every size-th call looks at all accounts: one look per call, on average. */
  #sweepNowAndThen(): void {
    this.#calls += 1;
    if (this.#calls <= this.#accounts.size + 1_000) return;
    this.#calls = 0;
    for (const [key, account] of this.#accounts) {
      if (this.#refilled(account) >= account.takenUnits) this.#accounts.delete(key);
    }
  }
}
