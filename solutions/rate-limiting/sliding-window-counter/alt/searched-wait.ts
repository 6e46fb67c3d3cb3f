/** @design Three numbers for each key, sweeping two at each new one; the wait by binary search. */
import type {
  Decision,
  SlidingCounterOptions,
} from "../../../../katas/rate-limiting/sliding-window-counter/stub.ts";

interface Counters {
  window: number;
  current: number;
  previous: number;
}

export class SlidingWindowCounter {
  readonly #options: SlidingCounterOptions;
  readonly #counters = new Map<string, Counters>();
  #nowMs = 0;
  /** Walks round the map: two keys for each new one, so that it meets all of them in time. */
  #hand: Iterator<[string, Counters]> = this.#counters.entries();

  constructor(options: SlidingCounterOptions) {
    const { limit, windowMs } = options;
    if (!Number.isInteger(limit) || limit < 0 || limit > 1e6) throw new RangeError("limit");
    if (!Number.isInteger(windowMs) || windowMs < 1 || windowMs > 1e9) {
      throw new RangeError("windowMs");
    }
    this.#options = { ...options };
  }

  tryAcquire(key: string, cost = 1): Decision {
    if (!Number.isInteger(cost) || cost < 1) throw new RangeError("cost");
    const { clock, limit, windowMs } = this.#options;
    this.#nowMs = Math.max(this.#nowMs, clock.now());
    const window = Math.floor(this.#nowMs / windowMs);
    const known = this.#counters.get(key);
    if (known !== undefined) rotate(known, window);
    const counters = known ?? { window, current: 0, previous: 0 };
    const load = this.#loadAt(counters, this.#nowMs);
    const remaining = Math.floor((limit * windowMs - load) / windowMs);
    if (load + cost * windowMs > limit * windowMs) {
      return { allowed: false, remaining, retryAfterMs: this.#search(counters, cost) };
    }
    if (known === undefined) {
      this.#sweep(window);
      this.#counters.set(key, counters);
    }
    counters.current += cost;
    return { allowed: true, remaining: remaining - cost, retryAfterMs: 0 };
  }

  /** What weighs on a key at an instant in this window or later, times windowMs. */
  #loadAt({ window, current, previous }: Counters, atMs: number): number {
    const { windowMs } = this.#options;
    const weightMs = windowMs - (atMs % windowMs);
    const later = Math.floor(atMs / windowMs) - window;
    if (later === 0) return previous * weightMs + current * windowMs;
    return later === 1 ? current * weightMs : 0;
  }

  /** The load never grows by waiting, and two windows later it is gone. */
  #search(counters: Counters, cost: number): number {
    const { limit, windowMs } = this.#options;
    if (cost > limit) return Infinity;
    let [low, high] = [1, 2 * windowMs];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const load = this.#loadAt(counters, this.#nowMs + middle);
      if (load + cost * windowMs <= limit * windowMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #sweep(window: number): void {
    for (let i = 0; i < 2; i += 1) {
      const { done, value } = this.#hand.next();
      if (done === true) this.#hand = this.#counters.entries();
      else if (value[1].window < window - 1) this.#counters.delete(value[0]);
    }
  }
}

function rotate(counters: Counters, window: number): void {
  if (counters.window === window) return;
  counters.previous = counters.window === window - 1 ? counters.current : 0;
  counters.current = 0;
  counters.window = window;
}
