/** Budgets of `lru-cache`: reads of a warm cache, and a stream of new keys. */
import { defineBench, inBatches, zipfIndexes } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/caching/lru-cache/stub.ts";

const BATCH = 2_000;
const WARM_CAPACITY = 2_000;
const CHURN_CAPACITY = 1_000;
const random = new SeededRandom(1);

const keys = Array.from({ length: 100_000 }, (_, i) => `key-${String(i).padStart(8, "0")}`);
// Breslau et al. 1999: web requests follow Zipf with an exponent of 0.64 to 0.83. A Map that deletes
// and re-inserts its hottest keys drags a chain of deleted entries; at 10,000 keys and exponent 1 it
// would be 30 times as slow as the reference, and the idiom is to pass.
const hotKeys = zipfIndexes(200_000, WARM_CAPACITY, { exponent: 0.8 }).map((i) => keys[i]!);

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
        return inBatches(hotKeys, BATCH, (key) => cache.get(key));
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
        // Ten times what the cache holds: a key that comes round again is long gone.
        return inBatches(keys.slice(0, 10 * CHURN_CAPACITY), BATCH, (key) => cache.set(key, 1));
      },
    },
  ],
  growth: [
    {
      id: "get-grows",
      rule: 9,
      what: "a get of a key that is held, by the number of entries",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: ({ LruCache }, size) => {
        const cache = new LruCache<string, number>({ capacity: size });
        for (let i = 0; i < size; i += 1) cache.set(keys[i]!, i);
        const held = Array.from({ length: 20 * BATCH }, () => keys[random.below(size)]!);
        return inBatches(held, BATCH, (key) => cache.get(key));
      },
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 9,
      what: "an entry, in 10 caches of 2,000",
      elements: 20_000,
      // Three times an entry of a Map and a node of a linked list, which is 113.
      maxBytes: 340,
      fill: ({ LruCache }) =>
        Array.from({ length: 10 }, () => {
          const cache = new LruCache<string, number>({ capacity: WARM_CAPACITY });
          for (let i = 0; i < 2 * WARM_CAPACITY; i += 1) cache.set(keys[i]!, i);
          return cache;
        }),
    },
  ],
});
