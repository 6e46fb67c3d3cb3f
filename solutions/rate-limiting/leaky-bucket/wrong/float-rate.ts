/**
 * @bug Keeps the level of the bucket as a floating-point number of requests.
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
  readonly #levels = new Map<string, { level: number; atMs: number }>();
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
    const before = this.#levels.get(key) ?? { level: 0, atMs: this.#nowMs };
    const leaked = (this.#nowMs - before.atMs) / this.#intervalMs;
    const level = Math.max(0, before.level - leaked);
    if (level > this.#queue) {
      const retryAfterMs = Math.ceil((level - this.#queue) * this.#intervalMs);
      return { allowed: false, delayMs: 0, remaining: 0, retryAfterMs };
    }
    this.#levels.set(key, { level: level + 1, atMs: this.#nowMs });
    const delayMs = Math.round(level * this.#intervalMs);
    const remaining = Math.floor(this.#queue - level);
    return { allowed: true, delayMs, remaining, retryAfterMs: 0 };
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
