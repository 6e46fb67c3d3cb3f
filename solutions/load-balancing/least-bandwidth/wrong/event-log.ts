/**
 * @bug Keeps every record of the window and adds them up when asked.
 * @killedBy budget:load-grows
 */
import type {
  Clock,
  LeastBandwidthOptions,
} from "../../../../katas/load-balancing/least-bandwidth/stub.ts";

interface Backend {
  readonly id: string;
  records: { bucket: number; bytes: number }[];
  turn: number;
}

export class LeastBandwidth {
  readonly #clock: Clock;
  readonly #bucketMs: number;
  readonly #buckets: number;
  readonly #backends = new Map<string, Backend>();
  #nowMs = 0;
  #joins = -(2 ** 52);
  #turns = 0;

  constructor({ clock, bucketMs = 1_000, buckets = 14 }: LeastBandwidthOptions) {
    requireInteger("bucketMs", bucketMs, 1, Number.MAX_SAFE_INTEGER);
    requireInteger("buckets", buckets, 1, 3_600);
    this.#clock = clock;
    this.#bucketMs = bucketMs;
    this.#buckets = buckets;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (this.#backends.has(id)) return false;
    this.#joins += 1;
    this.#backends.set(id, { id, records: [], turn: this.#joins });
    return true;
  }

  remove(id: string): boolean {
    return this.#backends.delete(id);
  }

  record(id: string, bytes: number): boolean {
    requireInteger("bytes", bytes, 0, 2 ** 40);
    const bucket = this.#readClock();
    this.#backends.get(id)?.records.push({ bucket, bytes });
    return this.#backends.has(id);
  }

  pick(): string | undefined {
    const bucket = this.#readClock();
    const loads = [...this.#backends.values()].map((backend) => {
      return { backend, load: this.#load(backend, bucket) };
    });
    loads.sort((a, b) => a.load - b.load || a.backend.turn - b.backend.turn);
    const best = loads[0]?.backend;
    this.#turns += 1;
    if (best !== undefined) best.turn = this.#turns;
    return best?.id;
  }

  load(id: string): number | undefined {
    const bucket = this.#readClock();
    const backend = this.#backends.get(id);
    return backend && this.#load(backend, bucket);
  }

  mbps(id: string): number | undefined {
    const bytes = this.load(id);
    const windowMs = this.#buckets * this.#bucketMs;
    return bytes === undefined ? undefined : (8 * bytes) / windowMs / 1_000;
  }

  #load(backend: Backend, now: number): number {
    backend.records = backend.records.filter(({ bucket }) => now - bucket < this.#buckets);
    return backend.records.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #readClock(): number {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    return Math.floor(this.#nowMs / this.#bucketMs);
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
