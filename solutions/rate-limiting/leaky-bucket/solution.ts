import type {
  Clock,
  LeakyBucketOptions,
  ShapedDecision,
} from "../../../katas/rate-limiting/leaky-bucket/stub.ts";

/*
 * Idea: no queue is needed, only the departure of the last accepted request. The requests that still
 * wait leave every intervalMs up to it, so their number is (last - now) / intervalMs, rounded up; and
 * the next departure is intervalMs after it, or now if that is later.
 *
 * A key whose next departure is now behaves like one that was never seen. That is so (queue + 1) *
 * intervalMs after its last accepted request: two maps take turns, and the older one is dropped.
 *
 * Cost: O(1) time a call; one number for each key that was accepted in the last two turns.
 * Invariant: a key in neither map can leave at once; otherwise the map holds its last departure.
 */
export class LeakyBucket {
  readonly #clock: Clock;
  readonly #queue: number;
  readonly #intervalMs: number;
  /** After this time without an accepted request a bucket is empty. */
  readonly #emptyMs: number;
  #nowMs = 0;
  #turnedAtMs = 0;
  #recent = new Map<string, number>();
  #older = new Map<string, number>();

  constructor({ clock, queue, intervalMs }: LeakyBucketOptions) {
    requireInteger("queue", queue, 0, 1_000_000);
    requireInteger("intervalMs", intervalMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#queue = queue;
    this.#intervalMs = intervalMs;
    this.#emptyMs = (queue + 1) * intervalMs;
  }

  tryAcquire(key: string): ShapedDecision {
    const nowMs = this.#readClock();
    const lastMs = this.#recent.get(key) ?? this.#older.get(key) ?? -Infinity;
    const departsMs = Math.max(nowMs, lastMs + this.#intervalMs);
    // In a queue of this length the newest waits this long; one more would have to wait longer.
    const delayMs = departsMs - nowMs;
    const tooLongMs = delayMs - this.#queue * this.#intervalMs;
    if (tooLongMs > 0) {
      return { allowed: false, delayMs: 0, remaining: 0, retryAfterMs: tooLongMs };
    }
    this.#recent.set(key, departsMs);
    const remaining = this.#queue - Math.ceil(delayMs / this.#intervalMs);
    return { allowed: true, delayMs, remaining, retryAfterMs: 0 };
  }

  /** A clock that steps back stands still. */
  #readClock(): number {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    if (this.#nowMs - this.#turnedAtMs >= this.#emptyMs) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#turnedAtMs = this.#nowMs;
    }
    return this.#nowMs;
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
