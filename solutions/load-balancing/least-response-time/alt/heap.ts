/** @design A heap by score in which each backend knows its place; the average as a weighted sum. */
import type {
  Attempt,
  LrtOptions,
} from "../../../../katas/load-balancing/least-response-time/stub.ts";

class Backend {
  readonly id: string;
  average: number;
  samples = 0;
  active = 0;
  place = -1;
  lastStart: number;

  constructor(id: string, initialMs: number, joined: number) {
    this.id = id;
    this.average = initialMs;
    this.lastStart = joined;
  }

  get score(): number {
    return this.average * (this.active + 1);
  }

  isBefore(other: Backend): boolean {
    const [mine, its] = [this.score, other.score];
    return mine === its ? this.lastStart < other.lastStart : mine < its;
  }
}

export class LeastResponseTime {
  readonly #options: Required<LrtOptions>;
  readonly #members = new Map<string, Backend>();
  readonly #heap: Backend[] = [];
  #joined = -1e15;
  #starts = 0;

  constructor({ clock, alpha = 0.25, initialMs = 1, failurePenaltyMs = 1_000 }: LrtOptions) {
    const isSound =
      alpha > 0 &&
      alpha <= 1 &&
      initialMs > 0 &&
      failurePenaltyMs >= 0 &&
      Number.isFinite(initialMs) &&
      Number.isFinite(failurePenaltyMs);
    if (!isSound) throw new RangeError("an option is out of range");
    this.#options = { clock, alpha, initialMs, failurePenaltyMs };
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#members.has(id)) return false;
    this.#joined += 1;
    const backend = new Backend(id, this.#options.initialMs, this.#joined);
    this.#members.set(id, backend);
    this.#settle(backend, this.#heap.length);
    return true;
  }

  remove(id: string): boolean {
    const backend = this.#members.get(id);
    if (backend === undefined) return false;
    this.#members.delete(id);
    const { place } = backend;
    backend.place = -1;
    const last = this.#heap.pop()!;
    if (last !== backend) this.#settle(last, place);
    return true;
  }

  start(): Attempt | undefined {
    const backend = this.#heap[0];
    if (backend === undefined) return undefined;
    const startedMs = this.#options.clock.now();
    this.#starts += 1;
    backend.lastStart = this.#starts;
    backend.active += 1;
    this.#settle(backend, 0);
    let isDone = false;
    return {
      id: backend.id,
      finish: (ok) => {
        if (isDone) return;
        isDone = true;
        if (backend.place >= 0) this.#finish(backend, startedMs, ok);
      },
    };
  }

  latency(id: string): number | undefined {
    return this.#members.get(id)?.average;
  }

  #finish(backend: Backend, startedMs: number, ok: boolean): void {
    const { clock, alpha, failurePenaltyMs } = this.#options;
    const sample = Math.max(0, clock.now() - startedMs + (ok ? 0 : failurePenaltyMs));
    const weight = backend.samples === 0 ? 1 : alpha;
    backend.average = weight * sample + (1 - weight) * backend.average;
    backend.samples += 1;
    backend.active -= 1;
    this.#settle(backend, backend.place);
  }

  /** Puts a backend at a place and moves it up or down from there. */
  #settle(backend: Backend, from: number): void {
    let at = from;
    while (at > 0) {
      const parent = this.#heap[(at - 1) >> 1]!;
      if (!backend.isBefore(parent)) break;
      this.#heap[at] = parent;
      parent.place = at;
      at = (at - 1) >> 1;
    }
    for (;;) {
      const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]];
      const child = left && right?.isBefore(left) ? right : left;
      if (child === undefined || !child.isBefore(backend)) break;
      const below = child === left ? 2 * at + 1 : 2 * at + 2;
      this.#heap[at] = child;
      child.place = at;
      at = below;
    }
    this.#heap[at] = backend;
    backend.place = at;
  }
}
