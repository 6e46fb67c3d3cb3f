/** Budgets of `fixed-window-counter`: batches of calls, of which some are denied. */
import { askManyKeys, askOneKey, churnKeys, defineBench } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/fixed-window-counter/stub.ts";

type Clock = Stub.FixedWindowOptions["clock"];

export const bench = defineBench<typeof Stub>("fixed-window-counter", {
  workloads: [
    {
      id: "one-key",
      rule: 9,
      what: "4,000 calls for one key, 1 ms apart, 3 of 10 denied",
      maxRatio: 3,
      setup: ({ FixedWindowCounter }) =>
        askOneKey((clock) => new FixedWindowCounter({ clock, limit: 70, windowMs: 100 })),
    },
    {
      id: "many-keys",
      rule: 9,
      what: "1,000 calls for 5,000 keys, 100 in a ms",
      maxRatio: 3,
      setup: ({ FixedWindowCounter }) => askManyKeys(open(FixedWindowCounter), 5_000),
    },
  ],
  growth: [
    {
      id: "calls-grow",
      rule: 9,
      what: "a call, by the number of keys",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: ({ FixedWindowCounter }, size) => askManyKeys(open(FixedWindowCounter), size),
    },
  ],
  memory: [
    {
      id: "key-churn",
      rule: 9,
      what: "a key that is used once, 50,000 of them 1 ms apart",
      elements: 50_000,
      // A key takes about 100 bytes: room for 12 windows of 1,000 keys.
      maxBytes: 25,
      fill: ({ FixedWindowCounter }) =>
        churnKeys((clock) => new FixedWindowCounter({ clock, limit: 1, windowMs: 1_000 }), 50_000),
    },
  ],
});

/** A limiter whose window does not end in the time of a bench. */
function open(
  FixedWindowCounter: (typeof Stub)["FixedWindowCounter"],
): (clock: Clock) => Stub.FixedWindowCounter {
  return (clock) => new FixedWindowCounter({ clock, limit: 1_000_000, windowMs: 1_000_000_000 });
}
