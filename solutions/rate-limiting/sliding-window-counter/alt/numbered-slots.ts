/** @design Keys are numbers of slots in typed arrays; every fourth window is swept for idle keys. */
import type {
  Clock,
  Decision,
  SlidingCounterOptions,
} from "../../../../katas/rate-limiting/sliding-window-counter/stub.ts";

/** Not the number of a window, nor of the one before. */
const NONE = -2;

export class SlidingWindowCounter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  /** Two counters of a slot, in turns: that of window w is at 2 * slot + w % 2. */
  #counts = new Uint32Array(256);
  #windows = new Float64Array(256).fill(NONE);
  #nowMs = 0;
  #sweepInWindow = 0;

  constructor({ clock, limit, windowMs }: SlidingCounterOptions) {
    check(Number.isInteger(limit) && limit >= 0 && limit <= 1e6, "limit");
    check(Number.isInteger(windowMs) && windowMs >= 1 && windowMs <= 1e9, "windowMs");
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    check(Number.isInteger(cost) && cost >= 1, "cost");
    const nowMs = (this.#nowMs = Math.max(this.#nowMs, this.#clock.now()));
    const into = nowMs % this.#windowMs;
    const window = (nowMs - into) / this.#windowMs;
    if (window >= this.#sweepInWindow) this.#sweep(window);
    const slot = this.#slots.get(key);
    const current = this.#count(slot, window);
    const previous = this.#count(slot, window - 1);
    const weight = this.#windowMs - into;
    const share = Math.ceil((previous * weight) / this.#windowMs);
    const remaining = this.#limit - current - share;
    if (cost <= remaining) {
      this.#add(slot ?? this.#open(key), window, cost);
      return { allowed: true, remaining: remaining - cost, retryAfterMs: 0 };
    }
    return { allowed: false, remaining, retryAfterMs: this.#wait(previous, current, cost, into) };
  }

  #count(slot: number | undefined, window: number): number {
    if (slot === undefined) return 0;
    const at = 2 * slot + (Math.abs(window) % 2);
    return this.#windows[at] === window ? this.#counts[at]! : 0;
  }

  #add(slot: number, window: number, cost: number): void {
    const at = 2 * slot + (window % 2);
    this.#counts[at] = this.#count(slot, window) + cost;
    this.#windows[at] = window;
  }

  #wait(previous: number, current: number, cost: number, into: number): number {
    if (cost > this.#limit) return Infinity;
    const room = this.#limit - cost;
    if (current <= room) {
      const until = this.#windowMs - Math.floor(((room - current) * this.#windowMs) / previous);
      if (until < this.#windowMs) return until - into;
    }
    const toNext = this.#windowMs - into;
    if (current <= room) return toNext;
    return toNext + this.#windowMs - Math.floor((room * this.#windowMs) / current);
  }

  #open(key: string): number {
    const slot = this.#free.pop() ?? this.#slots.size;
    this.#slots.set(key, slot);
    if (2 * slot + 1 >= this.#counts.length) {
      const [counts, windows] = [this.#counts, this.#windows];
      this.#counts = new Uint32Array(2 * counts.length);
      this.#counts.set(counts);
      this.#windows = new Float64Array(2 * windows.length).fill(NONE);
      this.#windows.set(windows);
    }
    return slot;
  }

  #sweep(window: number): void {
    this.#sweepInWindow = window + 4;
    for (const [key, slot] of this.#slots) {
      if (Math.max(this.#windows[2 * slot]!, this.#windows[2 * slot + 1]!) >= window - 1) continue;
      this.#slots.delete(key);
      this.#windows.fill(NONE, 2 * slot, 2 * slot + 2);
      this.#free.push(slot);
    }
  }
}

function check(condition: boolean, name: string): void {
  if (!condition) throw new RangeError(`${name} is out of range`);
}
