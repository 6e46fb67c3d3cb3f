/** Hands out backends in turn, while backends join and leave. */
export class RoundRobin {
  /**
   * @param ids the first members, in the order of the rotation; repeats count once, at their first
   *   place. Any iterable, read once; default none
   * @throws TypeError when an id is the empty string.
   */
  constructor(ids?: Iterable<string>) {
    throw new Error("unimplemented: RoundRobin.constructor");
  }

  /** How many backends are in the pool. */
  get size(): number {
    throw new Error("unimplemented: RoundRobin.size");
  }

  /**
   * Lets a backend join. O(size) at most.
   * @returns false when it is in the pool already; then nothing changes.
   * @throws TypeError when the id is the empty string.
   */
  add(id: string): boolean {
    throw new Error("unimplemented: RoundRobin.add");
  }

  /**
   * Takes a backend out. O(size) at most.
   * @returns false when it is not in the pool; then nothing changes.
   * @throws TypeError when the id is the empty string.
   */
  remove(id: string): boolean {
    throw new Error("unimplemented: RoundRobin.remove");
  }

  /** The backend whose turn it is; undefined when the pool is empty. Amortised O(1). */
  pick(): string | undefined {
    throw new Error("unimplemented: RoundRobin.pick");
  }
}
