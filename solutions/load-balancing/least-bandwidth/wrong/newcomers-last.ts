/**
 * @bug Lets a backend that was never picked wait behind those of equal load.
 * @killedBy picks-least
 */
import type {
  Clock,
  LeastBandwidthOptions,
} from "../../../../katas/load-balancing/least-bandwidth/stub.ts";

interface Backend {
  readonly id: string;
  readonly bytes: Float64Array;
  load: number;
  bucket: number;
  turn: number;
}

export class LeastBandwidth {
  readonly #clock: Clock;
  readonly #bucketMs: number;
  readonly #buckets: number;
  readonly #backends = new Map<string, Backend>();
  #nowMs = 0;
  #joins = Number.MAX_SAFE_INTEGER - 1e6;
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
    const bytes = new Float64Array(this.#buckets);
    this.#backends.set(id, { id, bytes, load: 0, bucket: 0, turn: this.#joins });
    return true;
  }

  remove(id: string): boolean {
    return this.#backends.delete(id);
  }

  record(id: string, bytes: number): boolean {
    requireInteger("bytes", bytes, 0, 2 ** 40);
    const bucket = this.#readClock();
    const backend = this.#backends.get(id);
    if (backend === undefined) return false;
    age(backend, bucket);
    backend.bytes[bucket % this.#buckets]! += bytes;
    backend.load += bytes;
    return true;
  }

  pick(): string | undefined {
    const bucket = this.#readClock();
    let best: Backend | undefined;
    for (const backend of this.#backends.values()) {
      age(backend, bucket);
      if (best === undefined || backend.load < best.load) best = backend;
      else if (backend.load === best.load && backend.turn < best.turn) best = backend;
    }
    if (best === undefined) return undefined;
    this.#turns += 1;
    best.turn = this.#turns;
    return best.id;
  }

  load(id: string): number | undefined {
    const bucket = this.#readClock();
    const backend = this.#backends.get(id);
    if (backend === undefined) return undefined;
    age(backend, bucket);
    return backend.load;
  }

  mbps(id: string): number | undefined {
    const bytes = this.load(id);
    const windowMs = this.#buckets * this.#bucketMs;
    // Bits in a ms are kilobits in a second.
    return bytes === undefined ? undefined : (8 * bytes) / windowMs / 1_000;
  }

  #readClock(): number {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    return Math.floor(this.#nowMs / this.#bucketMs);
  }
}

function age(backend: Backend, bucket: number): void {
  const { bytes } = backend;
  if (bucket - backend.bucket >= bytes.length) {
    bytes.fill(0);
    backend.load = 0;
  } else {
    for (let next = backend.bucket + 1; next <= bucket; next += 1) {
      const place = next % bytes.length;
      backend.load -= bytes[place]!;
      bytes[place] = 0;
    }
  }
  backend.bucket = bucket;
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
