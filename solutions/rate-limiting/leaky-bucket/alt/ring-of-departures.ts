/** @design An explicit queue of departures for each key, dropped from the front; sweeps the map. */
import type {
  Clock,
  LeakyBucketOptions,
  ShapedDecision,
} from "../../../../katas/rate-limiting/leaky-bucket/stub.ts";

/** Departures in order. The last one stays when it is past: it spaces the next. */
class Departures {
  readonly #times: number[] = [];
  #head = 0;

  get waiting(): number {
    return this.#times.length - this.#head;
  }

  get next(): number {
    return this.#times[this.#head]!;
  }

  get last(): number {
    return this.#times.at(-1) ?? -Infinity;
  }

  push(atMs: number): void {
    this.#times.push(atMs);
  }

  leave(nowMs: number): void {
    while (this.#head < this.#times.length && this.#times[this.#head]! <= nowMs) this.#head += 1;
    if (this.#head < 1_000 || this.#head * 2 < this.#times.length) return;
    this.#times.splice(0, this.#head - 1);
    this.#head = 1;
  }
}

export class LeakyBucket {
  readonly #clock: Clock;
  readonly #queue: number;
  readonly #intervalMs: number;
  readonly #keys = new Map<string, Departures>();
  #nowMs = 0;
  #sweepAtSize = 500;

  constructor({ clock, queue, intervalMs }: LeakyBucketOptions) {
    check(Number.isInteger(queue) && queue >= 0 && queue <= 1e6, "queue");
    check(Number.isInteger(intervalMs) && intervalMs >= 1 && intervalMs <= 1e9, "intervalMs");
    this.#clock = clock;
    this.#queue = queue;
    this.#intervalMs = intervalMs;
  }

  tryAcquire(key: string): ShapedDecision {
    const nowMs = (this.#nowMs = Math.max(this.#nowMs, this.#clock.now()));
    const departures = this.#keys.get(key) ?? this.#open(key);
    departures.leave(nowMs);
    const freeMs = departures.last + this.#intervalMs;
    const { waiting } = departures;
    if (freeMs > nowMs && waiting >= this.#queue) {
      const retryAfterMs = (this.#queue === 0 ? freeMs : departures.next) - nowMs;
      return { allowed: false, delayMs: 0, remaining: 0, retryAfterMs };
    }
    const departsMs = Math.max(nowMs, freeMs);
    departures.push(departsMs);
    const remaining = this.#queue - waiting - (departsMs > nowMs ? 1 : 0);
    return { allowed: true, delayMs: departsMs - nowMs, remaining, retryAfterMs: 0 };
  }

  #open(key: string): Departures {
    if (this.#keys.size >= this.#sweepAtSize) {
      for (const [other, { last }] of this.#keys) {
        if (last + this.#intervalMs <= this.#nowMs) this.#keys.delete(other);
      }
      this.#sweepAtSize = Math.max(500, 2 * this.#keys.size);
    }
    const departures = new Departures();
    this.#keys.set(key, departures);
    return departures;
  }
}

function check(condition: boolean, name: string): void {
  if (!condition) throw new RangeError(`${name} is out of range`);
}
