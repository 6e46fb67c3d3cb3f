/**
 * @bug Keeps the schedules in a plain object, where some keys are there from the start.
 * @killedBy matches-queue-model
 */
import type {
  Clock,
  LeakyBucketOptions,
  ShapedDecision,
} from "../../../../katas/rate-limiting/leaky-bucket/stub.ts";

export class LeakyBucket {
  readonly #clock: Clock;
  readonly #queue: number;
  readonly #intervalMs: number;
  readonly #lastDepartures: Record<string, number> = {};
  #nowMs = 0;

  constructor({ clock, queue, intervalMs }: LeakyBucketOptions) {
    requireInteger("queue", queue, 0, 1_000_000);
    requireInteger("intervalMs", intervalMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#queue = queue;
    this.#intervalMs = intervalMs;
  }

  tryAcquire(key: string): ShapedDecision {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    const last = this.#lastDepartures[key] ?? -Infinity;
    const departsMs = Math.max(this.#nowMs, last + this.#intervalMs);
    const waiting = this.#waiting(last);
    if (departsMs > this.#nowMs && waiting >= this.#queue) {
      const retryAfterMs = departsMs - this.#queue * this.#intervalMs - this.#nowMs;
      return { allowed: false, delayMs: 0, remaining: 0, retryAfterMs };
    }
    this.#lastDepartures[key] = departsMs;
    const delayMs = departsMs - this.#nowMs;
    const remaining = this.#queue - this.#waiting(departsMs);
    return { allowed: true, delayMs, remaining, retryAfterMs: 0 };
  }

  /** How many requests leave after now, when the last of them leaves at `last`. */
  #waiting(last: number): number {
    return Math.max(0, Math.ceil((last - this.#nowMs) / this.#intervalMs));
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
