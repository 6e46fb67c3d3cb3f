/** Shares picks out in proportion to weights, and spreads those of a backend over the cycle. */
export class WeightedRoundRobin {
  /**
   * @param backends pairs of id and weight, as for `set`, any iterable, read once; default none. An
   *   id that is repeated keeps its first place and has its last weight.
   * @throws TypeError when an id is the empty string.
   * @throws RangeError when a weight is not an integer from 0 to 1,000.
   */
  constructor(backends?: Iterable<readonly [id: string, weight: number]>) {
    throw new Error("unimplemented: WeightedRoundRobin.constructor");
  }

  /** How many ids are in the pool, those of weight 0 included. */
  get size(): number {
    throw new Error("unimplemented: WeightedRoundRobin.size");
  }

  /**
   * Lets a backend join, or changes its weight. O(n) at most.
   * @param weight its share, an integer from 0 to 1,000; at 0 it stays in the pool and is not picked
   * @throws TypeError when the id is the empty string.
   * @throws RangeError when the weight is out of its range.
   */
  set(id: string, weight: number): void {
    throw new Error("unimplemented: WeightedRoundRobin.set");
  }

  /** Takes a backend out. False: it is not in the pool. O(n) at most. */
  remove(id: string): boolean {
    throw new Error("unimplemented: WeightedRoundRobin.remove");
  }

  /** The backend to use now; undefined when none has a positive weight. O(n) at most. */
  pick(): string | undefined {
    throw new Error("unimplemented: WeightedRoundRobin.pick");
  }
}
