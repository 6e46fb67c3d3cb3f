/**
 * @bug Keeps a list of departures and filters it at each call.
 * @killedBy budget:queue-grows
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
  readonly #departures = new Map<string, number[]>();
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
    const departures = this.#departures.get(key) ?? [];
    const last = departures.at(-1) ?? -Infinity;
    const departsMs = Math.max(this.#nowMs, last + this.#intervalMs);
    const waiting = departures.filter((each) => each > this.#nowMs);
    if (departsMs > this.#nowMs && waiting.length >= this.#queue) {
      const retryAfterMs = departsMs - this.#queue * this.#intervalMs - this.#nowMs;
      return { allowed: false, delayMs: 0, remaining: 0, retryAfterMs };
    }
    this.#departures.set(key, [...waiting, departsMs]);
    const delayMs = departsMs - this.#nowMs;
    const remaining = this.#queue - waiting.length - (delayMs > 0 ? 1 : 0);
    return { allowed: true, delayMs, remaining, retryAfterMs: 0 };
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
