import peers from "bloom-filters";
import type * as Stub from "../../../../katas/probabilistic/bloom-filter/stub.ts";

export const note = "hashes with its own xxhash, not with the function handed in";

export class BloomFilter {
  readonly #filter: InstanceType<typeof peers.BloomFilter>;

  constructor({ expectedItems, falsePositiveRate }: Stub.BloomOptions) {
    this.#filter = peers.BloomFilter.create(expectedItems, falsePositiveRate);
  }

  add(key: string): void {
    this.#filter.add(key);
  }

  has(key: string): boolean {
    return this.#filter.has(key);
  }
}
