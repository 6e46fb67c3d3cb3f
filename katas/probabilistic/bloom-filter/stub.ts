/**
 * A uniform 32-bit hash of text: an integer in [0, 2^32), the same for the same text and seed.
 * Different seeds give independent hashes. It accepts any string, and any integer as a seed.
 */
export type Hash32 = (text: string, seed: number) => number;

export interface BloomOptions {
  /** n: how many distinct keys the filter is sized for, an integer >= 1. */
  readonly expectedItems: number;
  /** p: share of absent keys that may be reported as present at n keys, 0 < p < 1. */
  readonly falsePositiveRate: number;
  /** For you to use or to ignore: any hash of good quality will do. */
  readonly hash: Hash32;
}

/** A set of strings that may say "present" wrongly, at a known rate, and never says "absent" wrongly. */
export class BloomFilter {
  /** m: the number of bits, an integer. */
  readonly bitCount: number;
  /** k: the number of positions of a key, an integer >= 1. Some may coincide. */
  readonly hashCount: number;

  /** @throws RangeError when expectedItems or falsePositiveRate is out of its range. */
  constructor(options: BloomOptions) {
    throw new Error("unimplemented: BloomFilter.constructor");
  }

  /** Adds a key. O(k), besides hashing it. */
  add(key: string): void {
    throw new Error("unimplemented: BloomFilter.add");
  }

  /** False: never added. True: probably added. O(k). */
  has(key: string): boolean {
    throw new Error("unimplemented: BloomFilter.has");
  }

  /**
   * A new filter that holds the keys of both; neither input changes. O(m). Meant for filters built
   * from equal options, with the same hash.
   * @throws RangeError when the other filter differs in bitCount or hashCount.
   */
  union(other: BloomFilter): BloomFilter {
    throw new Error("unimplemented: BloomFilter.union");
  }
}
