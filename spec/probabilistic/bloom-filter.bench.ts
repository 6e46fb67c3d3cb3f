/** Budgets of `bloom-filter`: filters at 1 %, with keys of 16 characters. */
import { defineBench, inBatches } from "kata/harness";
import { hash32 } from "kata/kit";
import type * as Stub from "../../katas/probabilistic/bloom-filter/stub.ts";

const ITEMS = 100_000;
const BATCH = 1_000;
const sized = (expectedItems: number): Stub.BloomOptions => {
  return { expectedItems, falsePositiveRate: 0.01, hash: hash32 };
};
const options = sized(ITEMS);
const keys = Array.from({ length: 2 * ITEMS }, (_, i) => `key-${String(i).padStart(12, "0")}`);

export const bench = defineBench<typeof Stub>("bloom-filter", {
  workloads: [
    {
      id: "add",
      rule: 9,
      what: "1,000 adds",
      maxRatio: 5,
      setup: ({ BloomFilter }) => {
        const filter = new BloomFilter(options);
        return inBatches(keys, BATCH, (key) => filter.add(key));
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
        return inBatches(keys, BATCH, (key) => filter.has(key));
      },
    },
  ],
  growth: [
    {
      id: "has-grows",
      rule: 9,
      what: "a question, by the number of keys",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: ({ BloomFilter }, size) => {
        const filter = new BloomFilter(sized(size));
        for (const key of keys.slice(0, size)) filter.add(key);
        return inBatches(keys.slice(0, BATCH), BATCH, (key) => filter.has(key));
      },
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 9,
      what: "a key, in 10 filters for 5,000 keys",
      elements: ITEMS / 2,
      // The formula asks for 9.585 bits a key at 1 %, which is 1.2 bytes: 30 % above.
      maxBytes: 1.56,
      fill: ({ BloomFilter }) =>
        Array.from({ length: 10 }, (_, filter) => {
          const each = new BloomFilter(sized(5_000));
          for (let i = 0; i < 5_000; i += 1) each.add(keys[5_000 * filter + i]!);
          return each;
        }),
    },
  ],
});
