/** @design k independent hashes, one for each position. */
import type { BloomOptions } from "../../../../katas/probabilistic/bloom-filter/stub.ts";

export class BloomFilter {
  readonly bitCount: number;
  readonly hashCount: number;
  readonly #options: BloomOptions;
  readonly #words: Uint32Array;

  constructor(options: BloomOptions) {
    const { expectedItems, falsePositiveRate } = options;
    if (!Number.isInteger(expectedItems) || expectedItems < 1) {
      throw new RangeError(`expectedItems must be an integer >= 1, got ${expectedItems}`);
    }
    if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
      throw new RangeError(`falsePositiveRate must be in (0, 1), got ${falsePositiveRate}`);
    }
    this.bitCount = Math.ceil((-expectedItems * Math.log(falsePositiveRate)) / Math.LN2 ** 2);
    this.hashCount = Math.max(1, Math.round((this.bitCount / expectedItems) * Math.LN2));
    this.#options = options;
    this.#words = new Uint32Array(Math.ceil(this.bitCount / 32));
  }

  add(key: string): void {
    for (let seed = 0; seed < this.hashCount; seed += 1) {
      const position = this.#position(key, seed);
      this.#words[position >>> 5]! |= 1 << (position & 31);
    }
  }

  has(key: string): boolean {
    for (let seed = 0; seed < this.hashCount; seed += 1) {
      const position = this.#position(key, seed);
      if ((this.#words[position >>> 5]! & (1 << (position & 31))) === 0) return false;
    }
    return true;
  }

  union(other: BloomFilter): BloomFilter {
    if (other.bitCount !== this.bitCount || other.hashCount !== this.hashCount) {
      throw new RangeError("union needs two filters of the same bitCount and hashCount");
    }
    const both = new BloomFilter(this.#options);
    both.#words.set(this.#words.map((word, i) => word | other.#words[i]!));
    return both;
  }

  #position(key: string, seed: number): number {
    return this.#options.hash(key, seed) % this.bitCount;
  }
}
