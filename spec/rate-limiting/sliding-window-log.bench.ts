/** Budgets of `sliding-window-log`: batches of calls, of which some are denied. */
import { askManyKeys, askOneKey, churnKeys, defineBench, pollOneKey } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/sliding-window-log/stub.ts";

type Subject = typeof Stub;
type Options = Omit<Stub.SlidingLogOptions, "clock">;

export const bench = defineBench<Subject>("sliding-window-log", {
  workloads: [
    {
      id: "hot-key",
      rule: 9,
      what: "4,000 calls for one key, 1 ms apart, with 10,000 in its log, every other denied",
      maxRatio: 3,
      setup: (subject) => askHotKey(subject, 10_000),
    },
    {
      id: "many-keys",
      rule: 9,
      what: "1,000 calls for 2,000 keys, 20 in a ms, with up to 4 in 500 ms for each",
      maxRatio: 3,
      setup: (subject) =>
        askManyKeys(open(subject, { limit: 4, windowMs: 500 }), 2_000, { perMs: 20 }),
    },
  ],
  growth: [
    {
      id: "calls-grow",
      rule: 9,
      what: "a call, by the number of requests in the log",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: askHotKey,
    },
  ],
  memory: [
    {
      id: "long-run",
      rule: 9,
      what: "a call for one key, 50,000 of them 1 ms apart, with 10 in the log",
      elements: 50_000,
      // 100 kB in all, where 50,000 times of 8 bytes would take 400.
      maxBytes: 2,
      fill: (subject) => pollOneKey(open(subject, { limit: 10, windowMs: 10 }), 50_000),
    },
    {
      id: "key-churn",
      rule: 9,
      what: "a key that is used once, 20,000 of them 1 ms apart",
      elements: 20_000,
      // A key with its log takes 250 bytes or more: room for 10 windows of 400 keys.
      maxBytes: 50,
      fill: (subject) => churnKeys(open(subject, { limit: 1, windowMs: 400 }), 20_000),
    },
  ],
});

function open({ SlidingWindowLog }: Subject, options: Options) {
  return (clock: Stub.Clock): Stub.SlidingWindowLog => new SlidingWindowLog({ clock, ...options });
}

/** `limit` requests passed, every 2 ms; in the work every other one finds the place of an old one. */
function askHotKey(subject: Subject, limit: number): () => void {
  return askOneKey(open(subject, { limit, windowMs: 2 * limit }), { before: limit });
}
