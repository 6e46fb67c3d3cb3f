/** Budgets of two-phase-commit: messages, writes and latency of calm runs, and time to run. */
import { calm, defineBench, simulate, type PlannedOp, type Run } from "kata/harness";
import type * as Stub from "../../katas/transactions/two-phase-commit/stub.ts";

const BASE_MS = 5;
const options: Stub.Options = {
  coordinator: "n0",
  voteTimeoutMs: 300,
  retryMs: 100,
  canCommit: () => true,
};

function run(
  { createNode }: typeof Stub,
  { count, everyMs, clients }: { count: number; everyMs: number; clients: number },
): Run {
  const ops: PlannedOp<Stub.Request>[] = Array.from({ length: count }, (_, i) => {
    return { at: i * everyMs, client: i % clients, node: 0, req: { type: "begin", tx: `t${i}` } };
  });
  const lengthMs = count * everyMs + 500;
  const scenario = calm<Stub.Request>({ nodes: 5, lengthMs, ops, base: BASE_MS });
  return simulate(scenario, createNode, { options });
}

const APART = { count: 20, everyMs: 500, clients: 1 };
const BUSY = { count: 50, everyMs: 1, clients: 10 };

export const bench = defineBench<typeof Stub>("two-phase-commit", {
  workloads: [
    {
      id: "busy-run",
      rule: 12,
      what: "50 transactions of 4 participants, one begun every ms",
      maxRatio: 4,
      setup: (subject) => () => run(subject, BUSY),
    },
  ],
  counts: [
    {
      id: "messages",
      rule: 12,
      what: "messages of 20 transactions of 4 participants, one after the other",
      maxRatio: 1.25,
      run: (subject, counter) => counter.add("messages", run(subject, APART).stats.sent),
    },
    {
      id: "writes",
      rule: 12,
      what: "storage writes of 20 transactions of 4 participants",
      maxRatio: 1.5,
      run: (subject, counter) => counter.add("writes", run(subject, APART).stats.writes),
    },
    {
      id: "latency",
      rule: 12,
      what: "ms from a begin to its answer, the sum of 20",
      maxRatio: 1.5,
      run: (subject, counter) => {
        for (const { calledAt, returnedAt } of run(subject, APART).history) {
          counter.add("ms", returnedAt - calledAt);
        }
      },
    },
  ],
});
