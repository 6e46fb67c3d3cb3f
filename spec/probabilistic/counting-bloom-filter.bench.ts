/** Budgets of `counting-bloom-filter`: filters at 1 %, with keys of 16 characters. */
import { defineBench, inBatches } from "kata/harness";
import { hash32 } from "kata/kit";
import type * as Stub from "../../katas/probabilistic/counting-bloom-filter/stub.ts";

type Subject = typeof Stub;
const ITEMS = 100_000;
const BATCH = 500;
const keys = Array.from({ length: ITEMS }, (_, i) => `key-${String(i).padStart(12, "0")}`);

export const bench = defineBench<Subject>("counting-bloom-filter", {
  workloads: [
    {
      id: "churn",
      rule: 9,
      what: "500 keys that are removed and added again",
      maxRatio: 5,
      setup: (subject) => churn(subject, ITEMS),
    },
    {
      id: "has",
      rule: 9,
      what: "500 questions, half of them about absent keys",
      maxRatio: 5,
      setup: (subject) => {
        const filter = fill(subject, ITEMS, ITEMS / 2);
        const asked = keys.map((_, i) => keys[(i * (ITEMS / 2) + (i >> 1)) % ITEMS]!);
        return inBatches(asked, BATCH, (key) => filter.has(key));
      },
    },
  ],
  growth: [
    {
      id: "churn-grows",
      rule: 9,
      what: "a remove and an add, by the number of keys",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: churn,
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 9,
      what: "a key, in 10 filters for 5,000 keys",
      elements: ITEMS / 2,
      // The formula asks for 9.585 counters of half a byte at 1 %, which is 4.8 bytes: 30 % above.
      maxBytes: 6.23,
      fill: (subject) => Array.from({ length: 10 }, () => fill(subject, 5_000, 5_000)),
    },
  ],
});

function fill(
  { CountingBloomFilter }: Subject,
  expectedItems: number,
  added: number,
): Stub.CountingBloomFilter {
  const options = { expectedItems, falsePositiveRate: 0.01, hash: hash32 };
  const filter = new CountingBloomFilter(options);
  for (let i = 0; i < added; i += 1) filter.add(keys[i]!);
  return filter;
}

function churn(subject: Subject, size: number): () => void {
  const filter = fill(subject, size, size);
  return inBatches(keys.slice(0, size), BATCH, (key) => {
    filter.remove(key);
    filter.add(key);
  });
}
