/** One open connection. */
export interface Lease {
  /** The backend that it is open on. */
  readonly id: string;
  /** Closes it. The first call counts; later ones do nothing. O(log n). */
  release(): void;
}

/** Opens each connection on the backend that has the fewest for its weight. */
export class LeastConnections {
  /** How many backends are in the pool. */
  get size(): number {
    throw new Error("unimplemented: LeastConnections.size");
  }

  /**
   * Lets a backend join, with no connections. O(log n).
   * @param weight how much it can carry, an integer from 1 to 1,000; default 1
   * @returns false when it is in the pool already; then nothing changes, its weight included.
   * @throws TypeError when the id is the empty string.
   * @throws RangeError when the weight is out of its range.
   */
  add(id: string, weight?: number): boolean {
    throw new Error("unimplemented: LeastConnections.add");
  }

  /** Takes a backend out; its leases are void. False: it is not in the pool. O(n) at most. */
  remove(id: string): boolean {
    throw new Error("unimplemented: LeastConnections.remove");
  }

  /** Opens a connection; undefined when the pool is empty. O(log n). */
  acquire(): Lease | undefined {
    throw new Error("unimplemented: LeastConnections.acquire");
  }

  /** The number of open connections of a backend; 0 when it is not in the pool. O(1). */
  active(id: string): number {
    throw new Error("unimplemented: LeastConnections.active");
  }
}
