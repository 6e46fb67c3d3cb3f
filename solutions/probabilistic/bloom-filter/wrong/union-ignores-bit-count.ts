/**
 * @bug Joins filters of any size if they set the same number of bits a key.
 * @killedBy union-is-or
 */
import type { BloomOptions, Hash32 } from "../../../../katas/probabilistic/bloom-filter/stub.ts";

export class BloomFilter {
  readonly bitCount: number;
  readonly hashCount: number;
  readonly #options: BloomOptions;
  readonly #hash: Hash32;
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
    this.#hash = options.hash;
    this.#words = new Uint32Array(Math.ceil(this.bitCount / 32));
  }

  add(key: string): void {
    const step = this.#step(key);
    let position = this.#hash(key, 0) % this.bitCount;
    for (let i = 0; i < this.hashCount; i += 1) {
      this.#words[position >>> 5]! |= 1 << (position & 31);
      position = (position + step) % this.bitCount;
    }
  }

  has(key: string): boolean {
    const step = this.#step(key);
    let position = this.#hash(key, 0) % this.bitCount;
    for (let i = 0; i < this.hashCount; i += 1) {
      if ((this.#words[position >>> 5]! & (1 << (position & 31))) === 0) return false;
      position = (position + step) % this.bitCount;
    }
    return true;
  }

  union(other: BloomFilter): BloomFilter {
    if (other.hashCount !== this.hashCount) {
      throw new RangeError("union needs two filters of the same bitCount and hashCount");
    }
    const both = new BloomFilter(this.#options);
    for (let i = 0; i < this.#words.length; i += 1) {
      both.#words[i] = this.#words[i]! | other.#words[i]!;
    }
    return both;
  }

  #step(key: string): number {
    if (this.bitCount === 1) return 0;
    return 1 + (this.#hash(key, 1) % (this.bitCount - 1));
  }
}
