/** The only source of time. */
export interface Clock {
  /** The current instant in integer ms. It may step back. */
  now(): number;
}

export interface LrtOptions {
  readonly clock: Clock;
  /** Weight of the newest sample in the average, 0 < alpha <= 1; default 0.25. */
  readonly alpha?: number;
  /** What a backend counts as before its first sample, in ms, finite and > 0; default 1. */
  readonly initialMs?: number;
  /** What a failure adds to its sample, in ms, finite and >= 0; default 1,000. */
  readonly failurePenaltyMs?: number;
}

/** One request that was sent to a backend. */
export interface Attempt {
  /** The backend that it was sent to. */
  readonly id: string;
  /** Reports that it has ended, and whether it worked. The first call counts. */
  finish(ok: boolean): void;
}

/** Sends each request where it will probably be answered first. */
export class LeastResponseTime {
  /** @throws RangeError when a number of the options is out of its range. */
  constructor(options: LrtOptions) {
    throw new Error("unimplemented: LeastResponseTime.constructor");
  }

  /**
   * Lets a backend join, without samples. False: it is in the pool already; then nothing changes.
   * @throws TypeError when the id is the empty string.
   */
  add(id: string): boolean {
    throw new Error("unimplemented: LeastResponseTime.add");
  }

  /** Takes a backend out and forgets it. False: it is not in the pool. */
  remove(id: string): boolean {
    throw new Error("unimplemented: LeastResponseTime.remove");
  }

  /** Sends a request; undefined when the pool is empty. O(n) at most. */
  start(): Attempt | undefined {
    throw new Error("unimplemented: LeastResponseTime.start");
  }

  /** The average of a backend in ms, initialMs before its first sample; undefined if unknown. */
  latency(id: string): number | undefined {
    throw new Error("unimplemented: LeastResponseTime.latency");
  }
}
