/** @design Each slot of the ring knows which bucket it belongs to; a load is summed up when asked for. */
import type { LeastBandwidthOptions } from "../../../../katas/load-balancing/least-bandwidth/stub.ts";

interface Meter {
  readonly sums: number[];
  readonly stamps: number[];
  pickedAt: number;
}

export class LeastBandwidth {
  readonly #options: Required<LeastBandwidthOptions>;
  readonly #meters = new Map<string, Meter>();
  #now = 0;
  #picks = 0;
  #adds = -1e12;

  constructor({ clock, bucketMs = 1_000, buckets = 14 }: LeastBandwidthOptions) {
    if (!Number.isInteger(bucketMs) || bucketMs < 1) throw new RangeError("bucketMs");
    if (!Number.isInteger(buckets) || buckets < 1 || buckets > 3_600) {
      throw new RangeError("buckets");
    }
    this.#options = { clock, bucketMs, buckets };
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#meters.has(id)) return false;
    const { buckets } = this.#options;
    this.#adds += 1;
    this.#meters.set(id, {
      sums: Array<number>(buckets).fill(0),
      stamps: Array<number>(buckets).fill(-Infinity),
      pickedAt: this.#adds,
    });
    return true;
  }

  remove(id: string): boolean {
    return this.#meters.delete(id);
  }

  record(id: string, bytes: number): boolean {
    if (!Number.isInteger(bytes) || bytes < 0 || bytes > 2 ** 40) throw new RangeError("bytes");
    const bucket = this.#bucket();
    const meter = this.#meters.get(id);
    if (meter === undefined) return false;
    const slot = bucket % this.#options.buckets;
    const before = meter.stamps[slot] === bucket ? meter.sums[slot]! : 0;
    meter.sums[slot] = before + bytes;
    meter.stamps[slot] = bucket;
    return true;
  }

  pick(): string | undefined {
    const bucket = this.#bucket();
    let best: [id: string, meter: Meter, load: number] | undefined;
    for (const [id, meter] of this.#meters) {
      const load = this.#sum(meter, bucket);
      const isOlder = best === undefined || meter.pickedAt < best[1].pickedAt;
      if (best === undefined || load < best[2] || (load === best[2] && isOlder)) {
        best = [id, meter, load];
      }
    }
    if (best === undefined) return undefined;
    this.#picks += 1;
    best[1].pickedAt = this.#picks;
    return best[0];
  }

  load(id: string): number | undefined {
    const bucket = this.#bucket();
    const meter = this.#meters.get(id);
    return meter && this.#sum(meter, bucket);
  }

  mbps(id: string): number | undefined {
    const { buckets, bucketMs } = this.#options;
    const load = this.load(id);
    return load === undefined ? undefined : (load * 8) / ((buckets * bucketMs) / 1_000) / 1e6;
  }

  #bucket(): number {
    const { clock, bucketMs } = this.#options;
    this.#now = Math.max(this.#now, clock.now());
    return Math.floor(this.#now / bucketMs);
  }

  #sum({ sums, stamps }: Meter, bucket: number): number {
    const oldest = bucket - this.#options.buckets + 1;
    let sum = 0;
    for (let slot = 0; slot < sums.length; slot += 1) {
      if (stamps[slot]! >= oldest) sum += sums[slot]!;
    }
    return sum;
  }
}
