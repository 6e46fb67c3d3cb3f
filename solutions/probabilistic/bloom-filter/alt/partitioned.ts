/** @design One slice of the bits per hash, an FNV-1a hash of its own, bits in bytes. */
import type { BloomOptions } from "../../../../katas/probabilistic/bloom-filter/stub.ts";

export class BloomFilter {
  readonly bitCount: number;
  readonly hashCount: number;
  readonly #options: BloomOptions;
  readonly #sliceBits: number;
  readonly #bytes: Uint8Array;

  constructor(options: BloomOptions) {
    const { expectedItems, falsePositiveRate } = options;
    if (!Number.isInteger(expectedItems) || expectedItems < 1) {
      throw new RangeError(`expectedItems must be an integer >= 1, got ${expectedItems}`);
    }
    if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
      throw new RangeError(`falsePositiveRate must be in (0, 1), got ${falsePositiveRate}`);
    }
    const idealBits = Math.ceil((-expectedItems * Math.log(falsePositiveRate)) / Math.LN2 ** 2);
    this.hashCount = Math.max(1, Math.round((idealBits / expectedItems) * Math.LN2));
    this.#sliceBits = Math.ceil(idealBits / this.hashCount);
    this.bitCount = this.#sliceBits * this.hashCount;
    this.#options = options;
    this.#bytes = new Uint8Array(Math.ceil(this.bitCount / 8));
  }

  add(key: string): void {
    for (const position of this.#positions(key)) {
      this.#bytes[position >>> 3]! |= 1 << (position & 7);
    }
  }

  has(key: string): boolean {
    for (const position of this.#positions(key)) {
      if ((this.#bytes[position >>> 3]! & (1 << (position & 7))) === 0) return false;
    }
    return true;
  }

  union(other: BloomFilter): BloomFilter {
    if (other.bitCount !== this.bitCount || other.hashCount !== this.hashCount) {
      throw new RangeError("union needs two filters of the same bitCount and hashCount");
    }
    const both = new BloomFilter(this.#options);
    for (let i = 0; i < this.#bytes.length; i += 1) {
      both.#bytes[i] = this.#bytes[i]! | other.#bytes[i]!;
    }
    return both;
  }

  #positions(key: string): number[] {
    const [first, second] = [fnv1a(key, 0x811c9dc5), fnv1a(key, 0x9747b28c)];
    return Array.from({ length: this.hashCount }, (_, slice) => {
      const inSlice = mix(first + Math.imul(slice, second)) % this.#sliceBits;
      return slice * this.#sliceBits + inSlice;
    });
  }
}

/** FNV-1a over UTF-16 code units, both bytes of each. */
function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  return hash;
}

/** The finaliser of MurmurHash3: FNV alone leaves the high bits too regular. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
