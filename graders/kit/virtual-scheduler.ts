import type { Scheduler } from "./ports.ts";

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A scheduler whose time moves only when told to. Between two callbacks the microtask queue is
 * emptied, so a promise chain settles at the virtual instant that caused it, however many awaits
 * it has.
 */
export class VirtualScheduler implements Scheduler {
  #nowMs: number;
  #order = 0;
  readonly #timers = new Set<Timer>();
  readonly #drain: () => Promise<void>;

  /** `drain` empties the microtask queue; the harness passes one that waits for a real macrotask. */
  constructor(drain: () => Promise<void>, startMs = 0) {
    this.#drain = drain;
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** How many callbacks wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** When the next callback is due; undefined when none waits. */
  get nextDueMs(): number | undefined {
    return this.#next()?.dueMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    if (!Number.isInteger(delayMs) || delayMs < 0) {
      throw new RangeError(`delayMs must be an integer >= 0, got ${delayMs}`);
    }
    const timer: Timer = { dueMs: this.#nowMs + delayMs, order: this.#order++, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Moves forward by `ms`, running everything that falls due, the end included. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await this.#drain();
    for (let next = this.#next(); next !== undefined && next.dueMs <= endMs; next = this.#next()) {
      await this.#run(next);
    }
    this.#nowMs = endMs;
  }

  /** Runs until nothing waits; throws after `maxCallbacks`, so that a self-renewing timer ends. */
  async runUntilIdle(maxCallbacks = 100_000): Promise<void> {
    await this.#drain();
    for (let ran = 0; ; ran += 1) {
      const next = this.#next();
      if (next === undefined) return;
      if (ran === maxCallbacks) throw new Error(`still busy after ${maxCallbacks} callbacks`);
      await this.#run(next);
    }
  }

  async #run(timer: Timer): Promise<void> {
    this.#timers.delete(timer);
    this.#nowMs = timer.dueMs;
    timer.callback();
    await this.#drain();
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      const earlier =
        first === undefined ||
        timer.dueMs < first.dueMs ||
        (timer.dueMs === first.dueMs && timer.order < first.order);
      if (earlier) first = timer;
    }
    return first;
  }
}
