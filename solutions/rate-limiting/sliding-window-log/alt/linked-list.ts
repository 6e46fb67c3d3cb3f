/** @design A linked list of requests for each key; each new key sweeps two old ones. */
import type {
  Decision,
  SlidingLogOptions,
} from "../../../../katas/rate-limiting/sliding-window-log/stub.ts";

interface Request {
  readonly atMs: number;
  readonly cost: number;
  next: Request | undefined;
}

interface Account {
  oldest: Request | undefined;
  newest: Request | undefined;
  spent: number;
}

export class SlidingWindowLog {
  readonly #options: SlidingLogOptions;
  readonly #accounts = new Map<string, Account>();
  #nowMs = 0;
  /** Walks round the map: two keys for each new one, so that it meets all of them in time. */
  #hand: Iterator<[string, Account]> = this.#accounts.entries();

  constructor(options: SlidingLogOptions) {
    const { limit, windowMs } = options;
    if (!Number.isInteger(limit) || limit < 0 || limit > 1e6) throw new RangeError("limit");
    if (!Number.isInteger(windowMs) || windowMs < 1 || windowMs > 1e9) {
      throw new RangeError("windowMs");
    }
    this.#options = { ...options };
  }

  tryAcquire(key: string, cost = 1): Decision {
    if (!Number.isInteger(cost) || cost < 1) throw new RangeError("cost");
    const { clock, limit } = this.#options;
    this.#nowMs = Math.max(this.#nowMs, clock.now());
    const known = this.#accounts.get(key);
    const account = known ?? { oldest: undefined, newest: undefined, spent: 0 };
    this.#forget(account);
    if (account.spent + cost > limit) {
      const retryAfterMs = this.#wait(account, cost);
      return { allowed: false, remaining: limit - account.spent, retryAfterMs };
    }
    if (known === undefined) {
      this.#sweep();
      this.#accounts.set(key, account);
    }
    const request: Request = { atMs: this.#nowMs, cost, next: undefined };
    if (account.newest === undefined) account.oldest = request;
    else account.newest.next = request;
    account.newest = request;
    account.spent += cost;
    return { allowed: true, remaining: limit - account.spent, retryAfterMs: 0 };
  }

  #forget(account: Account): void {
    const { windowMs } = this.#options;
    while (account.oldest !== undefined && this.#nowMs - account.oldest.atMs >= windowMs) {
      account.spent -= account.oldest.cost;
      account.oldest = account.oldest.next;
    }
    if (account.oldest === undefined) account.newest = undefined;
  }

  #wait({ oldest, spent }: Account, cost: number): number {
    const { limit, windowMs } = this.#options;
    let left = spent;
    for (let request = oldest; request !== undefined; request = request.next) {
      left -= request.cost;
      if (left + cost <= limit) return request.atMs + windowMs - this.#nowMs;
    }
    return Infinity;
  }

  #sweep(): void {
    for (let i = 0; i < 2; i += 1) {
      const { done, value } = this.#hand.next();
      if (done === true) {
        this.#hand = this.#accounts.entries();
        continue;
      }
      this.#forget(value[1]);
      if (value[1].oldest === undefined) this.#accounts.delete(value[0]);
    }
  }
}
