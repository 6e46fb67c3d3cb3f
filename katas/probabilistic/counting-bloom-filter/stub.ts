/**
 * A uniform 32-bit hash of text: an integer in [0, 2^32), the same for the same text and seed.
 * Different seeds give independent hashes. It accepts any string, and any integer as a seed.
 */
export type Hash32 = (text: string, seed: number) => number;

export interface CountingBloomOptions {
  /** n: how many distinct keys the filter is sized for, an integer >= 1. */
  readonly expectedItems: number;
  /** p: share of absent keys that may be reported as present at n keys, 0 < p < 1. */
  readonly falsePositiveRate: number;
  /** For you to use or to ignore: any hash of good quality will do. */
  readonly hash: Hash32;
}

/** A multiset of strings that may say "present" wrongly, at a known rate, and that can forget. */
export class CountingBloomFilter {
  /** m: the number of 4-bit counters, an integer. */
  readonly counterCount: number;
  /** k: the number of positions of a key, an integer >= 1. Some may coincide. */
  readonly hashCount: number;

  /** @throws RangeError when expectedItems or falsePositiveRate is out of its range. */
  constructor(options: CountingBloomOptions) {
    throw new Error("unimplemented: CountingBloomFilter.constructor");
  }

  /** Adds a key once more. O(k), besides hashing it. */
  add(key: string): void {
    throw new Error("unimplemented: CountingBloomFilter.add");
  }

  /**
   * Takes back one `add` of a key. Meant for keys that were added more often than removed. O(k).
   * @returns false: the key is certainly absent and nothing changed; true: its counters were lowered,
   *   except for those that are stuck.
   */
  remove(key: string): boolean {
    throw new Error("unimplemented: CountingBloomFilter.remove");
  }

  /** False: certainly absent. True: probably present. O(k). */
  has(key: string): boolean {
    throw new Error("unimplemented: CountingBloomFilter.has");
  }
}
