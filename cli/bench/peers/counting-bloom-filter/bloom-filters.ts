import peers from "bloom-filters";
import type * as Stub from "../../../../katas/probabilistic/counting-bloom-filter/stub.ts";

export const note = "hashes with its own xxhash, not with the function handed in";

export class CountingBloomFilter {
  readonly #filter: InstanceType<typeof peers.CountingBloomFilter>;

  constructor({ expectedItems, falsePositiveRate }: Stub.CountingBloomOptions) {
    this.#filter = peers.CountingBloomFilter.create(expectedItems, falsePositiveRate);
  }

  add(key: string): void {
    this.#filter.add(key);
  }

  remove(key: string): boolean {
    return this.#filter.remove(key);
  }

  has(key: string): boolean {
    return this.#filter.has(key);
  }
}
