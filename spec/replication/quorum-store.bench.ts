/** Budgets of quorum-store: messages, writes, latency and time of calm runs. */
import { calm, defineBench, simulate, type PlannedOp, type Run } from "kata/harness";
import type * as Stub from "../../katas/replication/quorum-store/stub.ts";
import { optionsOf, type Quorum } from "./quorum-store.model.ts";

const NODES = 5;
const CLIENTS = 5;
const KEYS = ["x", "y", "z"];

/** Puts, each followed by a get elsewhere or by nothing. */
function requests(count: number, { gets }: { readonly gets: boolean }): PlannedOp<Stub.Request>[] {
  return Array.from({ length: count }, (_, i) => {
    const key = KEYS[i % KEYS.length] ?? "x";
    const isGet = gets && i % 2 === 1;
    const req: Stub.Request = isGet ? { op: "get", key } : { op: "put", key, value: `v${i}` };
    return { at: 40 * Math.floor(i / CLIENTS), client: i % CLIENTS, node: (i * 7) % NODES, req };
  });
}

const run = ({ createNode }: typeof Stub, ops: PlannedOp<Stub.Request>[]): Run => {
  const scenario = calm<Stub.Request, Quorum>({ nodes: NODES, lengthMs: 6_000, ops });
  const limits = { events: 200_000 };
  return simulate({ ...scenario, limits }, createNode, { options: optionsOf(scenario) });
};

const PUTS = requests(100, { gets: false });
const GETS = requests(100, { gets: false }).map((op): PlannedOp<Stub.Request> => {
  return { ...op, req: { op: "get", key: op.req.key } };
});
const MIXED = requests(500, { gets: true });

export const bench = defineBench<typeof Stub>("quorum-store", {
  workloads: [
    {
      id: "calm-run",
      rule: 12,
      what: "500 gets and puts of 5 clients, and the rest of 6 s",
      maxRatio: 5,
      setup: (subject) => () => run(subject, MIXED),
    },
  ],
  counts: [
    {
      id: "get-messages",
      rule: 12,
      what: "messages of 100 gets",
      maxRatio: 1.3,
      run: (subject, counter) => counter.add("messages", run(subject, GETS).stats.sent),
    },
    {
      id: "put-messages",
      rule: 12,
      what: "messages of 100 puts",
      maxRatio: 1.3,
      run: (subject, counter) => counter.add("messages", run(subject, PUTS).stats.sent),
    },
    {
      id: "writes",
      rule: 12,
      what: "writes of storage of 100 puts",
      maxRatio: 2,
      run: (subject, counter) => counter.add("writes", run(subject, PUTS).stats.writes),
    },
    {
      id: "latency",
      rule: 12,
      what: "ms that 500 gets and puts took, in all",
      maxRatio: 1.2,
      run: (subject, counter) => {
        for (const { calledAt, returnedAt } of run(subject, MIXED).history) {
          counter.add("ms", Math.min(returnedAt, 6_000) - calledAt);
        }
      },
    },
  ],
});
