/** @design A key keeps the number of its window beside its count; each new key sweeps two old ones. */
import type {
  Decision,
  FixedWindowOptions,
} from "../../../../katas/rate-limiting/fixed-window-counter/stub.ts";

interface Entry {
  window: number;
  count: number;
}

export class FixedWindowCounter {
  readonly #options: FixedWindowOptions;
  readonly #entries = new Map<string, Entry>();
  #latestMs: number;
  /** Walks round the map: two keys for each new one, so that it meets all of them in time. */
  #hand: Iterator<[string, Entry]> = this.#entries.entries();

  constructor(options: FixedWindowOptions) {
    const { limit, windowMs } = options;
    if (!Number.isInteger(limit) || limit < 0 || limit > 1e6) throw new RangeError("limit");
    if (!Number.isInteger(windowMs) || windowMs < 1 || windowMs > 1e9) {
      throw new RangeError("windowMs");
    }
    this.#options = { ...options };
    this.#latestMs = options.clock.now();
  }

  tryAcquire(key: string, cost = 1): Decision {
    if (!Number.isInteger(cost) || cost < 1) throw new RangeError("cost");
    const { limit, windowMs } = this.#options;
    const nowMs = this.#readClock();
    const window = Math.floor(nowMs / windowMs);
    const entry = this.#entries.get(key);
    const count = entry?.window === window ? entry.count : 0;
    if (count + cost > limit) {
      const wait = cost > limit ? Infinity : (window + 1) * windowMs - nowMs;
      return { allowed: false, remaining: limit - count, retryAfterMs: wait };
    }
    if (entry === undefined) {
      this.#sweep(window);
      this.#entries.set(key, { window, count: cost });
    } else {
      entry.window = window;
      entry.count = count + cost;
    }
    return { allowed: true, remaining: limit - count - cost, retryAfterMs: 0 };
  }

  #readClock(): number {
    const reading = this.#options.clock.now();
    if (reading > this.#latestMs) this.#latestMs = reading;
    return this.#latestMs;
  }

  #sweep(window: number): void {
    for (let i = 0; i < 2; i += 1) {
      const { done, value } = this.#hand.next();
      if (done === true) this.#hand = this.#entries.entries();
      else if (value[1].window !== window) this.#entries.delete(value[0]);
    }
  }
}
