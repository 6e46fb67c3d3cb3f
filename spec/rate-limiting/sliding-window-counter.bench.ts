/** Budgets of `sliding-window-counter`: batches of calls, of which some are denied. */
import { askManyKeys, askOneKey, churnKeys, defineBench } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/sliding-window-counter/stub.ts";

type Subject = typeof Stub;
type Options = Omit<Stub.SlidingCounterOptions, "clock">;
const KEYS = 5_000;
const keys = Array.from({ length: KEYS }, (_, i) => `user-${String(i).padStart(12, "0")}`);

export const bench = defineBench<Subject>("sliding-window-counter", {
  workloads: [
    {
      id: "one-key",
      rule: 9,
      what: "4,000 calls for one key, 1 ms apart, 3 of 10 denied",
      maxRatio: 3,
      setup: (subject) => askOneKey(open(subject, { limit: 70, windowMs: 100 })),
    },
    {
      id: "many-keys",
      rule: 9,
      what: "1,000 calls for 5,000 keys, 100 in a ms",
      maxRatio: 3,
      setup: (subject) => askManyKeys(open(subject, slow), 5_000),
    },
  ],
  growth: [
    {
      id: "calls-grow",
      rule: 9,
      what: "a call, by the number of keys",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: (subject, size) => askManyKeys(open(subject, slow), size),
    },
  ],
  memory: [
    {
      id: "busy-keys",
      rule: 9,
      what: "a key of 5,000 that each call 40 times in two windows",
      elements: KEYS,
      // Two counters take 100 bytes, 40 times take 320 or more.
      maxBytes: 250,
      fill: (subject) => {
        const clock = new VirtualClock(1_700_000_000_000);
        const limiter = open(subject, { limit: 1_000, windowMs: 1_000 })(clock);
        for (let i = 0; i < 40; i += 1) {
          for (const key of keys) limiter.tryAcquire(key);
          clock.advance(49);
        }
        return limiter;
      },
    },
    {
      id: "key-churn",
      rule: 9,
      what: "a key that is used once, 50,000 of them 1 ms apart",
      elements: 50_000,
      // A key takes about 100 bytes: room for 12 windows of 1,000 keys.
      maxBytes: 25,
      fill: (subject) => churnKeys(open(subject, { limit: 1, windowMs: 1_000 }), 50_000),
    },
  ],
});

/** A limit and a window that do not end in the time of a bench. */
const slow: Options = { limit: 1_000_000, windowMs: 1_000_000_000 };

function open({ SlidingWindowCounter }: Subject, options: Options) {
  return (clock: Stub.Clock): Stub.SlidingWindowCounter =>
    new SlidingWindowCounter({ clock, ...options });
}
