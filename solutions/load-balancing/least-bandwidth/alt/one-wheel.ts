/** @design One wheel of buckets for all backends; a bucket that leaves is taken off everybody's load. */
import type {
  Clock,
  LeastBandwidthOptions,
} from "../../../../katas/load-balancing/least-bandwidth/stub.ts";

interface Backend {
  readonly id: string;
  load: number;
  lastPick: number;
}
interface Bucket {
  readonly number: number;
  readonly bytes: Map<Backend, number>;
}

export class LeastBandwidth {
  readonly #clock: Clock;
  readonly #bucketMs: number;
  readonly #buckets: number;
  readonly #backends = new Map<string, Backend>();
  /** Buckets that hold bytes, the oldest first. */
  #wheel: Bucket[] = [];
  #latestMs = 0;
  #count = 0;

  constructor(options: LeastBandwidthOptions) {
    this.#clock = options.clock;
    this.#bucketMs = options.bucketMs ?? 1_000;
    this.#buckets = options.buckets ?? 14;
    const isSound =
      Number.isInteger(this.#bucketMs) &&
      Number.isInteger(this.#buckets) &&
      this.#bucketMs > 0 &&
      this.#buckets > 0 &&
      this.#buckets <= 3_600;
    if (!isSound) throw new RangeError("bad options");
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#backends.has(id)) return false;
    this.#count += 1;
    this.#backends.set(id, { id, load: 0, lastPick: this.#count - 1e12 });
    return true;
  }

  remove(id: string): boolean {
    return this.#backends.delete(id);
  }

  record(id: string, bytes: number): boolean {
    if (!(Number.isInteger(bytes) && bytes >= 0 && bytes <= 2 ** 40)) throw new RangeError("bytes");
    const number = this.#turn();
    const backend = this.#backends.get(id);
    if (backend === undefined) return false;
    let bucket = this.#wheel.at(-1);
    if (bucket?.number !== number) {
      bucket = { number, bytes: new Map() };
      this.#wheel.push(bucket);
    }
    bucket.bytes.set(backend, (bucket.bytes.get(backend) ?? 0) + bytes);
    backend.load += bytes;
    return true;
  }

  pick(): string | undefined {
    this.#turn();
    const [first, ...others] = this.#backends.values();
    if (first === undefined) return undefined;
    let best = first;
    for (const backend of others) {
      const difference = backend.load - best.load || backend.lastPick - best.lastPick;
      if (difference < 0) best = backend;
    }
    this.#count += 1;
    best.lastPick = this.#count;
    return best.id;
  }

  load(id: string): number | undefined {
    this.#turn();
    return this.#backends.get(id)?.load;
  }

  mbps(id: string): number | undefined {
    const load = this.load(id);
    if (load === undefined) return undefined;
    const seconds = (this.#buckets * this.#bucketMs) / 1_000;
    return (load * 8e-6) / seconds;
  }

  #turn(): number {
    this.#latestMs = Math.max(this.#latestMs, this.#clock.now());
    const bucket = Math.floor(this.#latestMs / this.#bucketMs);
    while (this.#wheel[0] !== undefined && this.#wheel[0].number <= bucket - this.#buckets) {
      for (const [backend, bytes] of this.#wheel[0].bytes) backend.load -= bytes;
      this.#wheel.shift();
    }
    return bucket;
  }
}
