import type { BloomOptions, Hash32 } from "../../../katas/probabilistic/bloom-filter/stub.ts";

/*
 * Idea: m bits, all 0. A key sets k of them, at positions drawn from its hash. A key is present
 * when all its k bits are set; others may have set them, hence the one-sided error.
 * Two hashes are enough for k positions: h1 + i * h2 (Kirsch and Mitzenmacher 2006).
 *
 * Cost: add and has O(k) time, two hash calls; m / 8 bytes.
 * Invariant: bit b is 1 exactly when some added key has b among its positions.
 */
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
    // Bloom 1970: p = (1 - e^(-kn/m))^k is least at k = m/n ln 2; solving for m gives both sizes.
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
      position += step;
      if (position >= this.bitCount) position -= this.bitCount;
    }
  }

  has(key: string): boolean {
    const step = this.#step(key);
    let position = this.#hash(key, 0) % this.bitCount;
    for (let i = 0; i < this.hashCount; i += 1) {
      if ((this.#words[position >>> 5]! & (1 << (position & 31))) === 0) return false;
      position += step;
      if (position >= this.bitCount) position -= this.bitCount;
    }
    return true;
  }

  union(other: BloomFilter): BloomFilter {
    if (other.bitCount !== this.bitCount || other.hashCount !== this.hashCount) {
      throw new RangeError("union needs two filters of the same bitCount and hashCount");
    }
    const both = new BloomFilter(this.#options);
    for (let i = 0; i < this.#words.length; i += 1) {
      both.#words[i] = this.#words[i]! | other.#words[i]!;
    }
    return both;
  }

  /** A step of 0 would set one bit only, k times over. */
  #step(key: string): number {
    if (this.bitCount === 1) return 0;
    return 1 + (this.#hash(key, 1) % (this.bitCount - 1));
  }
}
