/** Judges `lru-cache`. Rules are those of katas/caching/lru-cache/README.md. */
import fc from "fast-check";
import { defineSpec, keys, notIntegersIn, type Player } from "kata/harness";
import type * as Stub from "../../katas/caching/lru-cache/stub.ts";
import {
  type Make,
  seen,
  LETTERS,
  KEYS,
  type Op,
  call,
  type Call,
  type Setup,
  scripts,
  naive,
  observe,
  withBusyHook,
} from "./lru-cache.model.ts";

defineSpec<typeof Stub>("lru-cache", ({ LruCache }, check) => {
  const make: Make = (options) => new LruCache(options);
  const likeNaive = {
    subject: (setup: Setup) => observe(make, setup),
    model: (setup: Setup) => observe(naive, setup),
  };

  check.model(
    "matches-model",
    {
      rule: [1, 2, 3, 5, 6, 7, 8],
      points: 35,
      examples: [
        {
          setup: { capacity: 2 },
          steps: [
            call("set", 1, "a"),
            call("set", 2, "b"),
            call("get", 1),
            call("set", 3, "c"),
            call("set", 4, "d"),
            call("get", 3),
          ],
        },
        { setup: { capacity: 1_000_000 }, steps: [call("set", 1, "a"), call("get", 1)] },
      ],
    },
    scripts(
      { set: 8, get: 6, delete: 4, peek: 2, has: 2, clear: 1, popKeys: 1, growOptions: 1 },
      { max: 8, pool: fc.constant(KEYS) },
    ),
    likeNaive,
  );

  const actions = ["nothing", "set", "get the oldest", "delete the oldest", "clear"];
  check.model(
    "never-over-capacity",
    { rule: [1, 4], points: 10 },
    fc.record({
      setup: fc.record({
        capacity: fc.integer({ min: 1, max: 4 }),
        hook: fc.array(fc.constantFrom(...actions), { maxLength: 6, size: "max" }),
      }),
      steps: fc
        .nat({ max: LETTERS.length })
        .map((count) => LETTERS.slice(0, count).map((key) => call("set", key, key))),
    }),
    {
      subject: (setup) => withBusyHook(make, setup),
      model: () => () => ({
        sizesOverCapacity: [],
        neitherHeldNorReported: [],
        reportedTwiceOrStillHeld: [],
      }),
    },
  );

  // The model is the subject itself, spared the reads: it must evict the same.
  const evictions = (setup: Setup, skipped: readonly Op[]): Player<Call> => {
    const play = observe(make, setup);
    return (step) => ({ evicted: skipped.includes(step.op) ? [] : play(step).evicted });
  };
  check.model(
    "reads-that-do-not-count",
    { rule: [2, 8], points: 15 },
    scripts({ set: 4, get: 1, delete: 1, peek: 1, has: 1, keys: 1, size: 1, miss: 1 }),
    {
      subject: (setup) => evictions(setup, []),
      model: (setup) => evictions(setup, ["peek", "has", "keys", "size", "miss"]),
    },
  );

  // Fill the cache, replace some values, then push new keys in.
  check.model(
    "update-is-use",
    { rule: 3, points: 10 },
    fc
      .record({
        capacity: fc.integer({ min: 1, max: 5 }),
        replaced: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }),
        news: fc.nat({ max: 5 }),
      })
      .map(({ capacity, replaced, news }) => ({
        setup: { capacity },
        steps: [
          ...LETTERS.slice(0, capacity).map((key) => call("set", key, 1)),
          ...replaced.map((at, i) => call("set", LETTERS[at % capacity], i + 2)),
          ...LETTERS.slice(capacity, capacity + news).map((key) => call("set", key, 1)),
        ],
      })),
    likeNaive,
  );

  const pool = fc.uniqueArray(keys(), { minLength: 3, maxLength: 3 });
  check.model(
    "capacity-one",
    { rule: 1, points: 5 },
    scripts({ set: 4, get: 2, peek: 2, delete: 2, clear: 1 }, { max: 1, pool }),
    likeNaive,
  );

  check.model(
    "evict-hook",
    { rule: 4, points: 10 },
    fc
      .tuple(scripts({ set: 6, delete: 2, clear: 1 }), fc.boolean())
      .map(([{ setup, steps }, onEvictThrows]) => ({ setup: { ...setup, onEvictThrows }, steps })),
    likeNaive,
  );

  // Mattson's stack property, which FIFO lacks: a larger cache holds all that a smaller one holds.
  check.model("inclusion", { rule: [1, 2, 3, 4], points: 10 }, scripts({ set: 2, get: 1 }), {
    subject: ({ capacity }) => {
      const small = make({ capacity });
      const large = make({ capacity: capacity + 1 });
      return (step) => {
        step.run(small);
        step.run(large);
        const missing = small.keys().filter((key) => !large.has(key));
        return { heldByThisCacheButNotByOneLarger: missing.map(seen) };
      };
    },
    model: () => () => ({ heldByThisCacheButNotByOneLarger: [] }),
  });

  check.throws(
    "bad-capacity",
    { rule: 6, points: 5 },
    [-1, ...notIntegersIn(1, Number.MAX_SAFE_INTEGER)].map((capacity) => ({
      call: `new LruCache({ capacity: ${capacity} })`,
      error: "RangeError",
      run: () => new LruCache({ capacity }),
    })),
  );
});
