/** The only source of time. */
export interface Clock {
  /** The current instant in integer ms, from 0 to 2^52. It may step back. */
  now(): number;
}

export interface LeastBandwidthOptions {
  readonly clock: Clock;
  /** Length of a bucket in ms, an integer >= 1; default 1,000. */
  readonly bucketMs?: number;
  /** Buckets in the window, the current one included, an integer from 1 to 3,600; default 14. */
  readonly buckets?: number;
}

/** Chooses the backend that has carried the fewest bytes in the last seconds. */
export class LeastBandwidth {
  /** @throws RangeError when bucketMs or buckets is out of its range. */
  constructor(options: LeastBandwidthOptions) {
    throw new Error("unimplemented: LeastBandwidth.constructor");
  }

  /**
   * Lets a backend join, without traffic. False: it is in the pool already; then nothing changes.
   * @throws TypeError when the id is the empty string.
   */
  add(id: string): boolean {
    throw new Error("unimplemented: LeastBandwidth.add");
  }

  /** Takes a backend out and forgets it. False: it is not in the pool. */
  remove(id: string): boolean {
    throw new Error("unimplemented: LeastBandwidth.remove");
  }

  /**
   * Counts traffic of a backend, now. False: it is not in the pool.
   * @param bytes an integer from 0 to 2^40
   * @throws RangeError when bytes is out of its range.
   */
  record(id: string, bytes: number): boolean {
    throw new Error("unimplemented: LeastBandwidth.record");
  }

  /** The backend with the least load; undefined when the pool is empty. O(n), for n backends. */
  pick(): string | undefined {
    throw new Error("unimplemented: LeastBandwidth.pick");
  }

  /** Bytes of a backend in the window; undefined when it is not in the pool. */
  load(id: string): number | undefined {
    throw new Error("unimplemented: LeastBandwidth.load");
  }

  /** Its load as a rate over the whole window, in 10^6 bits per second; undefined as for `load`. */
  mbps(id: string): number | undefined {
    throw new Error("unimplemented: LeastBandwidth.mbps");
  }
}
