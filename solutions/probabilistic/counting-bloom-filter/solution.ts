import type {
  CountingBloomOptions,
  Hash32,
} from "../../../katas/probabilistic/counting-bloom-filter/stub.ts";

/** What a counter of 4 bits can hold. One that got there is stuck: how much more came is not known. */
const STUCK = 15;

/*
 * Idea: a Bloom filter with a small counter in place of each bit. add raises the k counters of a key,
 * remove lowers them, and a key is present when none of them is 0. Counters are 4 bits, two to a byte;
 * one that reaches 15 is never lowered again, so it can cost a false positive but no false negative.
 * Two hashes are enough for k positions: h1 + i * h2 (Kirsch and Mitzenmacher 2006). Positions that
 * coincide are raised and lowered as often as they occur.
 *
 * Cost: add, remove and has O(k) time, two hash calls; m / 2 bytes.
 * Invariant: a counter is 15, or the number of times that its position occurs in the keys added and
 * not yet removed.
 */
export class CountingBloomFilter {
  readonly counterCount: number;
  readonly hashCount: number;
  readonly #hash: Hash32;
  /** Counter 2 i is the low half of byte i, counter 2 i + 1 the high half. */
  readonly #bytes: Uint8Array;

  constructor({ expectedItems, falsePositiveRate, hash }: CountingBloomOptions) {
    if (!Number.isInteger(expectedItems) || expectedItems < 1) {
      throw new RangeError(`expectedItems must be an integer >= 1, got ${expectedItems}`);
    }
    if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
      throw new RangeError(`falsePositiveRate must be in (0, 1), got ${falsePositiveRate}`);
    }
    // Bloom 1970: p = (1 - e^(-kn/m))^k is least at k = m/n ln 2; solving for m gives both sizes.
    this.counterCount = Math.ceil((-expectedItems * Math.log(falsePositiveRate)) / Math.LN2 ** 2);
    this.hashCount = Math.max(1, Math.round((this.counterCount / expectedItems) * Math.LN2));
    this.#hash = hash;
    this.#bytes = new Uint8Array(Math.ceil(this.counterCount / 2));
  }

  add(key: string): void {
    this.#change(this.#first(key), this.#step(key), 1);
  }

  remove(key: string): boolean {
    const first = this.#first(key);
    const step = this.#step(key);
    if (!this.#allRaised(first, step)) return false;
    this.#change(first, step, -1);
    return true;
  }

  has(key: string): boolean {
    return this.#allRaised(this.#first(key), this.#step(key));
  }

  #allRaised(first: number, step: number): boolean {
    let position = first;
    for (let i = 0; i < this.hashCount; i += 1) {
      if (this.#count(position) === 0) return false;
      position += step;
      if (position >= this.counterCount) position -= this.counterCount;
    }
    return true;
  }

  #change(first: number, step: number, by: 1 | -1): void {
    let position = first;
    for (let i = 0; i < this.hashCount; i += 1) {
      const count = this.#count(position);
      // 0 is lowered only when a caller removes what it never added.
      if (count !== STUCK && count + by >= 0) {
        this.#bytes[position >>> 1]! += by << ((position & 1) << 2);
      }
      position += step;
      if (position >= this.counterCount) position -= this.counterCount;
    }
  }

  #count(position: number): number {
    return (this.#bytes[position >>> 1]! >>> ((position & 1) << 2)) & 15;
  }

  #first(key: string): number {
    return this.#hash(key, 0) % this.counterCount;
  }

  /** A step of 0 would be one position, k times over. */
  #step(key: string): number {
    if (this.counterCount === 1) return 0;
    return 1 + (this.#hash(key, 1) % (this.counterCount - 1));
  }
}
