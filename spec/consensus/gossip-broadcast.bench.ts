/** Budgets of gossip-broadcast: messages, bytes and time of calm runs. */
import { calm, defineBench, simulate, type PlannedOp, type Run } from "kata/harness";
import type * as Stub from "../../katas/consensus/gossip-broadcast/stub.ts";
import { optionsOf, type Topology } from "./gossip-broadcast.model.ts";

/** So many values, spread over the nodes, by so many clients. */
function broadcasts(
  count: number,
  { nodes, clients, everyMs }: { nodes: number; clients: number; everyMs: number },
): PlannedOp<Stub.Request>[] {
  return Array.from({ length: count }, (_, i) => {
    // Far apart, so that 32 bits do not tell them from each other.
    const value = (i - (count >> 1)) * 4_294_967_311 + i;
    return {
      at: i * everyMs,
      client: i % clients,
      node: i % nodes,
      req: { type: "broadcast", value },
    };
  });
}

function run(
  { createNode }: typeof Stub,
  spec: { nodes: number; setup: Topology; lengthMs: number; ops: PlannedOp<Stub.Request>[] },
): Run {
  const scenario = { ...calm<Stub.Request, Topology>(spec), limits: { events: 200_000 } };
  return simulate(scenario, createNode, { options: optionsOf(spec), clients: 1 });
}

const COMPLETE = {
  nodes: 9,
  setup: "complete",
  lengthMs: 5_000,
  ops: broadcasts(30, { nodes: 9, clients: 5, everyMs: 100 }),
} as const;
const LOADED_MS = 10_000;
const LOADED = {
  nodes: 2,
  setup: "line",
  ops: broadcasts(1_600, { nodes: 2, clients: 40, everyMs: 0 }),
} as const;

export const bench = defineBench<typeof Stub>("gossip-broadcast", {
  workloads: [
    {
      id: "calm-run",
      rule: 9,
      what: "5 s of a complete graph of 9 nodes that spreads 30 values",
      maxRatio: 8,
      setup: (subject) => () => run(subject, COMPLETE),
    },
  ],
  counts: [
    {
      id: "messages",
      rule: 9,
      what: "messages of a complete graph of 9 nodes that spreads 30 values",
      maxRatio: 4,
      run: (subject, counter) => counter.add("messages", run(subject, COMPLETE).stats.sent),
    },
    {
      id: "bytes",
      rule: 9,
      what: "bytes of a complete graph of 9 nodes that spreads 30 values",
      maxRatio: 4,
      run: (subject, counter) => counter.add("bytes", run(subject, COMPLETE).stats.bytes),
    },
    {
      id: "quiet-bytes",
      rule: 9,
      what: "bytes of two neighbours in 10 s, when both know the same 1,600 values",
      maxRatio: 4,
      run: (subject, counter) => {
        const [before, after] = [LOADED_MS, 2 * LOADED_MS].map((lengthMs) => {
          return run(subject, { ...LOADED, lengthMs }).stats.bytes;
        });
        counter.add("bytes", (after ?? 0) - (before ?? 0));
      },
    },
  ],
});
