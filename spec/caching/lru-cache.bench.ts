/** Time budgets of `lru-cache`: reads of a warm cache, and a stream of new keys. */
import { defineBench, zipfIndexes } from "kata/harness";
import type * as Stub from "../../katas/caching/lru-cache/stub.ts";

const BATCH = 2_000;
const WARM_CAPACITY = 2_000;
const CHURN_CAPACITY = 1_000;

// A hundred times what the churned cache holds: a key that comes round again is long gone.
const keys = Array.from({ length: 100_000 }, (_, i) => `key-${String(i).padStart(8, "0")}`);
// Breslau et al. 1999: web requests follow Zipf with an exponent of 0.64 to 0.83. A Map that deletes
// and re-inserts its hottest keys drags a chain of deleted entries; at 10,000 keys and exponent 1 it
// would be 30 times as slow as the reference, and the idiom is to pass.
const hotKeys = zipfIndexes(200_000, WARM_CAPACITY, { exponent: 0.8 }).map((i) => keys[i]!);

/** Calls `visit` on the next batch of keys, round and round. */
function inBatches(list: readonly string[], visit: (key: string) => unknown): () => void {
  let from = 0;
  return () => {
    for (let i = from; i < from + BATCH; i += 1) visit(list[i]!);
    from = (from + BATCH) % list.length;
  };
}

export const bench = defineBench<typeof Stub>("lru-cache", {
  workloads: [
    {
      id: "hit-heavy",
      rule: 9,
      what: "2,000 gets of keys that are held, few of them hot, at capacity 2,000",
      maxRatio: 5,
      setup: ({ LruCache }) => {
        const cache = new LruCache<string, number>({ capacity: WARM_CAPACITY });
        for (let i = 0; i < WARM_CAPACITY; i += 1) cache.set(keys[i]!, i);
        return inBatches(hotKeys, (key) => cache.get(key));
      },
    },
    {
      id: "churn",
      rule: 9,
      what: "2,000 sets of new keys on a full cache of capacity 1,000",
      maxRatio: 8,
      setup: ({ LruCache }) => {
        const cache = new LruCache<string, number>({ capacity: CHURN_CAPACITY });
        for (const key of keys.slice(-CHURN_CAPACITY)) cache.set(key, 0);
        return inBatches(keys, (key) => cache.set(key, 1));
      },
    },
  ],
});
