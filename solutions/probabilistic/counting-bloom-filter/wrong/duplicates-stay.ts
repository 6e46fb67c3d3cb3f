/**
 * @bug Raises coinciding positions as often as they occur but lowers them once.
 * @killedBy remove-restores
 */
import type {
  CountingBloomOptions,
  Hash32,
} from "../../../../katas/probabilistic/counting-bloom-filter/stub.ts";

export class CountingBloomFilter {
  readonly counterCount: number;
  readonly hashCount: number;
  readonly #hash: Hash32;
  readonly #bytes: Uint8Array;

  constructor({ expectedItems, falsePositiveRate, hash }: CountingBloomOptions) {
    if (!Number.isInteger(expectedItems) || expectedItems < 1) {
      throw new RangeError("expectedItems must be an integer >= 1");
    }
    if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
      throw new RangeError("falsePositiveRate must be in (0, 1)");
    }
    this.counterCount = Math.ceil((-expectedItems * Math.log(falsePositiveRate)) / Math.LN2 ** 2);
    this.hashCount = Math.max(1, Math.round((this.counterCount / expectedItems) * Math.LN2));
    this.#hash = hash;
    this.#bytes = new Uint8Array(Math.ceil(this.counterCount / 2));
  }

  add(key: string): void {
    for (const position of this.#positions(key)) {
      const count = this.#get(position);
      if (count < 15) this.#set(position, count + 1);
    }
  }

  remove(key: string): boolean {
    if (!this.has(key)) return false;
    for (const position of new Set(this.#positions(key))) {
      const count = this.#get(position);
      if (count > 0 && count < 15) this.#set(position, count - 1);
    }
    return true;
  }

  has(key: string): boolean {
    return this.#positions(key).every((position) => this.#get(position) > 0);
  }

  #get(position: number): number {
    const byte = this.#bytes[position >> 1]!;
    return position % 2 === 0 ? byte & 15 : byte >> 4;
  }

  #set(position: number, count: number): void {
    const byte = this.#bytes[position >> 1]!;
    this.#bytes[position >> 1] =
      position % 2 === 0 ? (byte & 240) | count : (byte & 15) | (count << 4);
  }

  #positions(key: string): number[] {
    return Array.from({ length: this.hashCount }, (_, i) => this.#hash(key, i) % this.counterCount);
  }
}
