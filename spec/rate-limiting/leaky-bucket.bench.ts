/** Budgets of `leaky-bucket`: batches of calls, of which some are denied. */
import { askManyKeys, askOneKey, churnKeys, defineBench } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/leaky-bucket/stub.ts";

type Subject = typeof Stub;
type Options = Omit<Stub.LeakyBucketOptions, "clock">;

export const bench = defineBench<Subject>("leaky-bucket", {
  workloads: [
    {
      id: "one-key",
      rule: 9,
      what: "4,000 calls for one key, 1 ms apart, 2 of 3 denied",
      maxRatio: 3,
      setup: (subject) => askFullQueue(subject, 100, 4_000),
    },
    {
      id: "many-keys",
      rule: 9,
      what: "1,000 calls for 5,000 keys, 100 in a ms",
      maxRatio: 3,
      setup: (subject) => askManyKeys(open(subject, { queue: 2, intervalMs: 50 }), 5_000),
    },
  ],
  growth: [
    {
      id: "queue-grows",
      rule: 9,
      what: "a call, by the number of requests that wait",
      sizes: [100, 1_000, 10_000],
      maxExcess: 0.25,
      setup: askFullQueue,
    },
  ],
  memory: [
    {
      id: "key-churn",
      rule: 9,
      what: "a key that is used once, 50,000 of them 1 ms apart",
      elements: 50_000,
      // A key takes about 100 bytes: room for 12 times the 1,000 keys that count.
      maxBytes: 25,
      fill: (subject) => churnKeys(open(subject, { queue: 9, intervalMs: 100 }), 50_000),
    },
  ],
});

function open({ LeakyBucket }: Subject, options: Options) {
  return (clock: Stub.Clock): Stub.LeakyBucket => new LeakyBucket({ clock, ...options });
}

/** Three times as many calls as can leave, with `queue` requests that wait. */
function askFullQueue(subject: Subject, queue: number, calls = 1_000): () => void {
  const options = { calls, before: 2 * queue, beforeStepMs: 1 };
  return askOneKey(open(subject, { queue, intervalMs: 3 }), options);
}
