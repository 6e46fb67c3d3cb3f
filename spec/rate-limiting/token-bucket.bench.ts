/** Budgets of `token-bucket`: batches of calls, of which some are denied. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom, VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/token-bucket/stub.ts";

const BATCH = 1_000;
const KEYS = 100_000;
const keys = Array.from({ length: KEYS }, (_, i) => `user-${String(i).padStart(12, "0")}`);
const random = new SeededRandom(1);
const ASKED_KEYS = 5_000;
/** Keys in the order of 10,000 calls: few enough for both sides to find them in a cache. */
const asked = Array.from({ length: 2 * ASKED_KEYS }, () => keys[random.below(ASKED_KEYS)]!);

export const bench = defineBench<typeof Stub>("token-bucket", {
  workloads: [
    {
      id: "one-key",
      rule: 10,
      what: "4,000 calls for one key, 1 ms apart, 3 of 10 denied",
      maxRatio: 3,
      setup: ({ TokenBucket }) => {
        const clock = new VirtualClock(1_700_000_000_000);
        const limiter = new TokenBucket({ clock, capacity: 100, refillTokens: 7, refillMs: 10 });
        return () => {
          for (let i = 0; i < 4_000; i += 1) {
            clock.advance(1);
            limiter.tryAcquire("user");
          }
        };
      },
    },
    {
      id: "many-keys",
      rule: 10,
      what: "1,000 calls for 5,000 keys, 100 in a ms",
      maxRatio: 3,
      setup: ({ TokenBucket }) => {
        const clock = new VirtualClock(1_700_000_000_000);
        const limiter = new TokenBucket({ clock, capacity: 20, refillTokens: 1, refillMs: 50 });
        for (const key of keys.slice(0, ASKED_KEYS)) limiter.tryAcquire(key, 20);
        let from = 0;
        return () => {
          for (let i = from; i < from + BATCH; i += 1) {
            if (i % 100 === 0) clock.advance(1);
            limiter.tryAcquire(asked[i]!);
          }
          from = (from + BATCH) % asked.length;
        };
      },
    },
  ],
  growth: [
    {
      id: "calls-grow",
      rule: 10,
      what: "a call, by the number of keys",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: ({ TokenBucket }, size) => {
        const clock = new VirtualClock(1_700_000_000_000);
        const limiter = new TokenBucket({ clock, capacity: 20, refillTokens: 1, refillMs: 1_000 });
        for (const key of keys.slice(0, size)) limiter.tryAcquire(key, 20);
        const some = Array.from({ length: 20 * BATCH }, () => keys[random.below(size)]!);
        return inBatches(some, BATCH, (key) => limiter.tryAcquire(key));
      },
    },
  ],
  memory: [
    {
      id: "key-churn",
      rule: 10,
      what: "a key that is used once, 50,000 of them 1 ms apart",
      elements: KEYS / 2,
      // Twice what a key costs when it is forgotten within two seconds.
      maxBytes: 25,
      // More tokens than one: a fill time with its fraction upside down would be right.
      fill: ({ TokenBucket }) => meetOnce(TokenBucket, { capacity: 10, refillTokens: 10 }),
    },
    {
      id: "denied-keys",
      rule: 10,
      what: "a key that capacity 0 denies, 50,000 of them 1 ms apart",
      elements: KEYS / 2,
      maxBytes: 25,
      fill: ({ TokenBucket }) => meetOnce(TokenBucket, { capacity: 0, refillTokens: 10 }),
    },
  ],
});

/** A limiter, with buckets that fill in a second, that has met each of many keys once. */
function meetOnce(
  TokenBucket: typeof Stub.TokenBucket,
  filling: { capacity: number; refillTokens: number },
): Stub.TokenBucket {
  const clock = new VirtualClock(1_700_000_000_000);
  const limiter = new TokenBucket({ clock, ...filling, refillMs: 1_000 });
  for (let i = 0; i < KEYS / 2; i += 1) {
    clock.advance(1);
    limiter.tryAcquire(`once-${i}`);
  }
  return limiter;
}
