import type {
  Clock,
  Decision,
  SlidingLogOptions,
} from "../../../katas/rate-limiting/sliding-window-log/stub.ts";

/*
 * Idea: a key keeps the times and costs of what passed, oldest first, and their sum. Time only grows,
 * so what leaves the window is always at the front: a call drops it from there and asks whether its
 * cost fits on top of the sum. The wait of a denied call is read off the front as well.
 *
 * A key of which nothing passed for windowMs has an empty window, like one that was never seen. Two
 * maps take turns, and the older one is dropped every windowMs or later.
 *
 * Cost: amortised O(1) time a call, O(cost) for the wait of a denied one; memory for what passed in
 * the window.
 * Invariant: after `drop`, a log holds exactly what passed in (now - windowMs, now], and its sum.
 */
export class SlidingWindowLog {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  #nowMs = 0;
  #turnedAtMs = 0;
  #recent = new Map<string, Log>();
  #older = new Map<string, Log>();

  constructor({ clock, limit, windowMs }: SlidingLogOptions) {
    requireInteger("limit", limit, 0, 1_000_000);
    requireInteger("windowMs", windowMs, 1, 1_000_000_000);
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  tryAcquire(key: string, cost = 1): Decision {
    requireInteger("cost", cost, 1, Number.MAX_SAFE_INTEGER);
    const nowMs = this.#readClock();
    const log = this.#find(key);
    log?.drop(nowMs - this.#windowMs);
    const left = this.#limit - (log?.sum ?? 0);
    if (cost > left) {
      const never = cost > this.#limit || log === undefined;
      const retryAfterMs = never ? Infinity : log.timeOf(cost - left) + this.#windowMs - nowMs;
      return { allowed: false, remaining: left, retryAfterMs };
    }
    if (log === undefined) this.#recent.set(key, new Log(nowMs, cost));
    else log.add(nowMs, cost);
    return { allowed: true, remaining: left - cost, retryAfterMs: 0 };
  }

  /** A clock that steps back stands still, which keeps the logs in order. */
  #readClock(): number {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    if (this.#nowMs - this.#turnedAtMs >= this.#windowMs) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#turnedAtMs = this.#nowMs;
    }
    return this.#nowMs;
  }

  #find(key: string): Log | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.#recent.set(key, older);
    return older;
  }
}

/** What passed for one key, oldest first. The entries before #head are gone. */
class Log {
  sum: number;
  #head = 0;
  readonly #times: number[];
  readonly #costs: number[];

  constructor(atMs: number, cost: number) {
    this.sum = cost;
    this.#times = [atMs];
    this.#costs = [cost];
  }

  add(atMs: number, cost: number): void {
    this.sum += cost;
    const last = this.#times.length - 1;
    if (this.#times[last] === atMs) {
      this.#costs[last]! += cost;
    } else {
      this.#times.push(atMs);
      this.#costs.push(cost);
    }
  }

  /** Drops what passed at `endMs` or before. */
  drop(endMs: number): void {
    while (this.#times[this.#head]! <= endMs) {
      this.sum -= this.#costs[this.#head]!;
      this.#head += 1;
    }
    // Moving the rest to the front costs less than it cost to fill what is cut off.
    if (this.#head > 8 && this.#head * 2 >= this.#times.length) {
      this.#times.splice(0, this.#head);
      this.#costs.splice(0, this.#head);
      this.#head = 0;
    }
  }

  /** When the entry passed with which the oldest ones add up to `cost`. */
  timeOf(cost: number): number {
    let index = this.#head;
    for (let freed = this.#costs[index]!; freed < cost; freed += this.#costs[index]!) index += 1;
    return this.#times[index]!;
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
