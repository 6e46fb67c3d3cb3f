/** Budgets of `raft-election`: messages and writes of calm runs, time to a leader, and time to run. */
import { calm, defineBench, simulate, type Run } from "kata/harness";
import type * as Stub from "../../katas/consensus/raft-election/stub.ts";

const options: Stub.Options = { electionMin: 150, electionMax: 300, heartbeat: 50 };
const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);

const run = ({ createNode }: typeof Stub, seed: number, lengthMs: number): Run =>
  simulate(calm({ nodes: 5, lengthMs, base: 10, seed }), createNode, { options });

/** The middle one of 50 runs. */
function firstLeaderMs(subject: typeof Stub): number {
  const times = SEEDS.map((seed) => run(subject, seed, 3_000).outputs[0]?.at ?? 3_000);
  return times.toSorted((a, b) => a - b)[SEEDS.length / 2]!;
}

export const bench = defineBench<typeof Stub>("raft-election", {
  workloads: [
    {
      id: "calm-second",
      rule: 9,
      what: "1 s of a calm cluster of 5",
      maxRatio: 4,
      setup: (subject) => () => run(subject, 1, 1_000),
    },
  ],
  counts: [
    {
      id: "messages",
      rule: 9,
      what: "messages of 5 nodes in 10 calm s, at 10 seeds",
      maxRatio: 1.5,
      run: (subject, counter) => {
        for (const seed of SEEDS.slice(0, 10)) {
          counter.add("messages", run(subject, seed, 10_000).stats.sent);
        }
      },
    },
    {
      id: "writes",
      rule: 9,
      what: "storage writes of 5 nodes in 2 calm s, at 50 seeds",
      maxRatio: 2.5,
      run: (subject, counter) => {
        for (const seed of SEEDS) counter.add("writes", run(subject, seed, 2_000).stats.writes);
      },
    },
    {
      id: "time-to-leader",
      rule: 9,
      what: "ms until 5 nodes that boot together have a leader, the middle one of 50 seeds",
      maxRatio: 1.5,
      run: (subject, counter) => counter.add("ms", firstLeaderMs(subject)),
    },
  ],
});
