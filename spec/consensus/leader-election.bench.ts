/** Budgets of `leader-election`: the messages and the time of a fail-over, and time to run. */
import { calm, defineBench, simulate, type Run } from "kata/harness";
import type * as Stub from "../../katas/consensus/leader-election/stub.ts";

const options: Stub.Options = { maxDelay: 40, heartbeatEvery: 100 };
const DIES_MS = 1_500;

/** Seven nodes, the leader of which dies. */
function run({ createNode }: typeof Stub, lengthMs: number): Run {
  const faults = [{ kind: "crash" as const, node: 6, at: DIES_MS, for: -2 }];
  return simulate(calm({ nodes: 7, lengthMs, base: 10, faults }), createNode, { options });
}

export const bench = defineBench<typeof Stub>("leader-election", {
  workloads: [
    {
      id: "fail-over-run",
      rule: 9,
      what: "2.5 s of 7 nodes, the leader of which dies",
      maxRatio: 4,
      setup: (subject) => () => run(subject, DIES_MS + 1_000),
    },
  ],
  counts: [
    {
      id: "messages",
      rule: 9,
      what: "messages in the second after the leader of 7 died",
      maxRatio: 2.5,
      run: (subject, counter) => {
        const [before, all] = [DIES_MS, DIES_MS + 1_000].map((ms) => run(subject, ms).stats.sent);
        counter.add("messages", (all ?? 0) - (before ?? 0));
      },
    },
    {
      id: "settling",
      rule: 9,
      what: "ms from the death of the leader of 7 to the last output",
      maxRatio: 2,
      run: (subject, counter) => {
        counter.add("ms", (run(subject, DIES_MS + 1_000).outputs.at(-1)?.at ?? 0) - DIES_MS);
      },
    },
  ],
});
