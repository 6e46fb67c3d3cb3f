/** @design Counts down what is left, in a map that is replaced when the window number changes. */
import type {
  Clock,
  Decision,
  FixedWindowOptions,
} from "../../../../katas/rate-limiting/fixed-window-counter/stub.ts";

interface Generation {
  readonly window: number;
  readonly left: Map<string, number>;
}

export class FixedWindowCounter {
  readonly #now: () => number;
  readonly #limit: number;
  readonly #windowMs: number;
  #maxMs = 0;
  #current: Generation = { window: -1, left: new Map() };

  constructor({ clock, limit, windowMs }: FixedWindowOptions) {
    this.#limit = within(limit, 0, 1e6);
    this.#windowMs = within(windowMs, 1, 1e9);
    this.#now = now(clock);
  }

  tryAcquire(key: string, cost = 1): Decision {
    within(cost, 1, Infinity);
    this.#maxMs = Math.max(this.#maxMs, this.#now());
    const into = this.#maxMs % this.#windowMs;
    const window = (this.#maxMs - into) / this.#windowMs;
    if (window !== this.#current.window) this.#current = { window, left: new Map() };

    const { left } = this.#current;
    const before = left.get(key) ?? this.#limit;
    const allowed = cost <= before;
    const remaining = allowed ? before - cost : before;
    if (allowed) left.set(key, remaining);
    const wait = cost <= this.#limit ? this.#windowMs - into : Infinity;
    return { allowed, remaining, retryAfterMs: allowed ? 0 : wait };
  }
}

const now = (clock: Clock) => (): number => clock.now();

function within(value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`not an integer from ${min} to ${max}: ${value}`);
  }
  return value;
}
