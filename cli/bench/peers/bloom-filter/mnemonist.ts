import { BloomFilter as Peer } from "mnemonist";
import type * as Stub from "../../../../katas/probabilistic/bloom-filter/stub.ts";

export const note = "hashes with its own murmur3, not with the function handed in";

export class BloomFilter {
  readonly #filter: Peer;

  constructor({ expectedItems, falsePositiveRate }: Stub.BloomOptions) {
    this.#filter = new Peer({ capacity: expectedItems, errorRate: falsePositiveRate });
  }

  add(key: string): void {
    this.#filter.add(key);
  }

  has(key: string): boolean {
    return this.#filter.test(key);
  }
}
