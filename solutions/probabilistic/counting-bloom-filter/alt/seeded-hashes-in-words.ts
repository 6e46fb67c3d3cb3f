/** @design A seeded hash for each position; eight counters to a 32-bit word. */
import type {
  CountingBloomOptions,
  Hash32,
} from "../../../../katas/probabilistic/counting-bloom-filter/stub.ts";

export class CountingBloomFilter {
  readonly counterCount: number;
  readonly hashCount: number;
  readonly #hash: Hash32;
  readonly #words: Uint32Array;
  /** The positions of the key at hand. */
  readonly #positions: Uint32Array;

  constructor({ expectedItems, falsePositiveRate, hash }: CountingBloomOptions) {
    const good = Number.isInteger(expectedItems) && expectedItems >= 1;
    if (!good) throw new RangeError("expectedItems must be an integer >= 1");
    if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
      throw new RangeError("falsePositiveRate must lie between 0 and 1");
    }
    const countersAnItem = -Math.log(falsePositiveRate) / Math.LN2 ** 2;
    this.counterCount = Math.ceil(expectedItems * countersAnItem);
    this.hashCount = Math.max(1, Math.round(countersAnItem * Math.LN2));
    this.#hash = hash;
    this.#words = new Uint32Array(Math.ceil(this.counterCount / 8));
    this.#positions = new Uint32Array(this.hashCount);
  }

  add(key: string): void {
    this.#locate(key);
    for (const position of this.#positions) {
      if (this.#count(position) < 15) this.#words[position >>> 3]! += 1 << (4 * (position & 7));
    }
  }

  remove(key: string): boolean {
    if (!this.has(key)) return false;
    for (const position of this.#positions) {
      const count = this.#count(position);
      if (count > 0 && count < 15) this.#words[position >>> 3]! -= 1 << (4 * (position & 7));
    }
    return true;
  }

  has(key: string): boolean {
    this.#locate(key);
    return this.#positions.every((position) => this.#count(position) > 0);
  }

  #count(position: number): number {
    return (this.#words[position >>> 3]! >>> (4 * (position & 7))) & 15;
  }

  #locate(key: string): void {
    for (let i = 0; i < this.hashCount; i += 1) {
      this.#positions[i] = this.#hash(key, i) % this.counterCount;
    }
  }
}
