/**
 * @bug Goes on with a log of the older map without moving it, so that it is dropped in use.
 * @killedBy never-over-any-window, matches-model
 */
import type {
  Clock,
  Decision,
  SlidingLogOptions,
} from "../../../../katas/rate-limiting/sliding-window-log/stub.ts";

interface Entry {
  readonly atMs: number;
  readonly cost: number;
}

interface Log {
  entries: Entry[];
  head: number;
  sum: number;
}

export class SlidingWindowLog {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  #logs = new Map<string, Log>();
  #older = new Map<string, Log>();
  #turnedAtMs = 0;
  #nowMs = 0;

  constructor({ clock, limit, windowMs }: SlidingLogOptions) {
    requireInteger("limit", limit, 0, 1_000_000);
    requireInteger("windowMs", windowMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    this.#turn();
    const log = this.#logOf(key);
    this.#drop(log);
    const allowed = log.sum + cost <= this.#limit;
    const retryAfterMs = allowed ? 0 : this.#waitMs(log, cost);
    if (allowed) this.#add(log, cost);
    return { allowed, remaining: this.#limit - log.sum, retryAfterMs };
  }

  #turn(): void {
    if (this.#nowMs - this.#turnedAtMs < this.#windowMs) return;
    this.#turnedAtMs = this.#nowMs;
    this.#older = this.#logs;
    this.#logs = new Map();
  }

  #logOf(key: string): Log {
    const known = this.#logs.get(key) ?? this.#older.get(key);
    if (known !== undefined) return known;
    const log = { entries: [], head: 0, sum: 0 };
    this.#logs.set(key, log);
    return log;
  }

  #add(log: Log, cost: number): void {
    log.entries.push({ atMs: this.#nowMs, cost });
    log.sum += cost;
  }

  #drop(log: Log): void {
    for (let entry = log.entries[log.head]; entry !== undefined; entry = log.entries[log.head]) {
      if (this.#nowMs - entry.atMs < this.#windowMs) break;
      log.sum -= entry.cost;
      log.head += 1;
    }
    if (log.head * 2 > log.entries.length) {
      log.entries.splice(0, log.head);
      log.head = 0;
    }
  }

  #waitMs(log: Log, cost: number): number {
    if (cost > this.#limit) return Infinity;
    let left = log.sum;
    for (let i = log.head; ; i += 1) {
      left -= log.entries[i]!.cost;
      if (left + cost <= this.#limit) return log.entries[i]!.atMs + this.#windowMs - this.#nowMs;
    }
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
