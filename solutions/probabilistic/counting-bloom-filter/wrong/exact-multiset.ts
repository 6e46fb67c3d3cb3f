/**
 * @bug Keeps the keys themselves.
 * @killedBy saturation
 */
import type { CountingBloomOptions } from "../../../../katas/probabilistic/counting-bloom-filter/stub.ts";

export class CountingBloomFilter {
  readonly counterCount: number;
  readonly hashCount: number;
  readonly #counts = new Map<string, number>();

  constructor({ expectedItems, falsePositiveRate }: CountingBloomOptions) {
    if (!Number.isInteger(expectedItems) || expectedItems < 1) {
      throw new RangeError("expectedItems must be an integer >= 1");
    }
    if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
      throw new RangeError("falsePositiveRate must be in (0, 1)");
    }
    this.counterCount = Math.ceil((-expectedItems * Math.log(falsePositiveRate)) / Math.LN2 ** 2);
    this.hashCount = Math.max(1, Math.round((this.counterCount / expectedItems) * Math.LN2));
  }

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  remove(key: string): boolean {
    const count = this.#counts.get(key) ?? 0;
    if (count <= 1) return this.#counts.delete(key);
    this.#counts.set(key, count - 1);
    return true;
  }

  has(key: string): boolean {
    return this.#counts.has(key);
  }
}
