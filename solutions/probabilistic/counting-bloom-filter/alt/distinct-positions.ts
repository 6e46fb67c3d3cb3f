/** @design Positions that coincide count once, in add and in remove; nibbles in a class of their own. */
import type { CountingBloomOptions } from "../../../../katas/probabilistic/counting-bloom-filter/stub.ts";

export class CountingBloomFilter {
  readonly counterCount: number;
  readonly hashCount: number;
  readonly #options: CountingBloomOptions;
  readonly #nibbles: Nibbles;

  constructor(options: CountingBloomOptions) {
    const { expectedItems: n, falsePositiveRate: p } = options;
    if (!(Number.isInteger(n) && n > 0)) throw new RangeError("expectedItems");
    if (!(p > 0) || !(p < 1)) throw new RangeError("falsePositiveRate");
    this.counterCount = Math.ceil((n * -Math.log(p)) / (Math.LN2 * Math.LN2));
    this.hashCount = Math.max(1, Math.round((this.counterCount * Math.LN2) / n));
    this.#options = { ...options };
    this.#nibbles = new Nibbles(this.counterCount);
  }

  add(key: string): void {
    for (const position of this.#positions(key)) {
      const count = this.#nibbles.get(position);
      if (count < 15) this.#nibbles.set(position, count + 1);
    }
  }

  remove(key: string): boolean {
    const positions = this.#positions(key);
    if (positions.some((position) => this.#nibbles.get(position) === 0)) return false;
    for (const position of positions) {
      const count = this.#nibbles.get(position);
      if (count < 15) this.#nibbles.set(position, count - 1);
    }
    return true;
  }

  has(key: string): boolean {
    return this.#positions(key).every((position) => this.#nibbles.get(position) > 0);
  }

  #positions(key: string): number[] {
    const { hash } = this.#options;
    const [h1, h2] = [hash(key, 17), hash(key, 18)];
    const positions: number[] = [];
    for (let i = 0; i < this.hashCount; i += 1) {
      const position = (h1 + i * h2 + i * i) % this.counterCount;
      if (!positions.includes(position)) positions.push(position);
    }
    return positions;
  }
}

/** An array of numbers from 0 to 15. */
class Nibbles {
  readonly #bytes: Uint8Array;

  constructor(length: number) {
    this.#bytes = new Uint8Array((length + 1) >> 1);
  }

  get(index: number): number {
    const byte = this.#bytes[index >> 1]!;
    return index % 2 === 0 ? byte % 16 : byte >> 4;
  }

  set(index: number, value: number): void {
    const byte = this.#bytes[index >> 1]!;
    this.#bytes[index >> 1] =
      index % 2 === 0 ? byte - (byte % 16) + value : (byte % 16) + 16 * value;
  }
}
