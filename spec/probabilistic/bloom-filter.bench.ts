/** Time budgets of `bloom-filter`: a filter for 100,000 keys of 16 characters, at 1 %. */
import { defineBench } from "kata/harness";
import { hash32 } from "kata/kit";
import type * as Stub from "../../katas/probabilistic/bloom-filter/stub.ts";

const ITEMS = 100_000;
const BATCH = 1_000;
const options: Stub.BloomOptions = { expectedItems: ITEMS, falsePositiveRate: 0.01, hash: hash32 };
const keys = Array.from({ length: 2 * ITEMS }, (_, i) => `key-${String(i).padStart(12, "0")}`);

/** Calls `visit` on the next batch of keys, round and round. */
function inBatches(visit: (key: string) => unknown): () => void {
  let from = 0;
  return () => {
    for (let i = from; i < from + BATCH; i += 1) visit(keys[i]!);
    from = (from + BATCH) % keys.length;
  };
}

export const bench = defineBench<typeof Stub>("bloom-filter", {
  workloads: [
    {
      id: "add",
      rule: 9,
      what: "1,000 adds",
      maxRatio: 5,
      setup: ({ BloomFilter }) => {
        const filter = new BloomFilter(options);
        return inBatches((key) => filter.add(key));
      },
    },
    {
      id: "has",
      rule: 9,
      what: "1,000 questions, half of them about absent keys",
      maxRatio: 5,
      setup: ({ BloomFilter }) => {
        const filter = new BloomFilter(options);
        for (let i = 0; i < keys.length; i += 2) filter.add(keys[i]!);
        return inBatches((key) => filter.has(key));
      },
    },
  ],
});
