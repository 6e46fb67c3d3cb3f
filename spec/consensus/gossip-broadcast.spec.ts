/** Judges gossip-broadcast: lossy networks of many shapes, crashes at every border, 20 s to recover. */
import fc from "fast-check";
import {
  arbScenario,
  calm,
  defineSpec,
  equal,
  holds,
  literal,
  type PlannedOp,
  type Run,
  type ScenarioSpec,
  type Scenario,
} from "kata/harness";
import type * as Stub from "../../katas/consensus/gossip-broadcast/stub.ts";
import {
  allAgree,
  deliversOnce,
  deliversWhatItKnows,
  HEAL_MS,
  judgeLinks,
  judgeSpeed,
  keepsWhatItAcknowledged,
  knowsAllAcknowledged,
  nothingInvented,
  optionsOf,
  quietWhenNothingIsNew,
  readsWhatItDelivered,
  SPREAD_MS,
  TOPOLOGIES,
  withLastReads,
  type Topology,
} from "./gossip-broadcast.model.ts";
import { WITNESSES } from "./gossip-broadcast.witnesses.ts";

/** Long enough for the answer of a node that is up; nothing disturbs the links of clients. */
const CLIENT_TIMEOUT_MS = 100;
const STORM = {
  like: "weather",
  length: HEAL_MS,
  settle: SPREAD_MS - HEAL_MS + 200,
  crash: [0, 60],
  down: [1, 600],
} as const;
const LIMITS = { events: 20_000, pending: 1_500, atOnce: 1_000 };
/** Once the network is whole again, and before anybody could have told a node what it has forgotten. */
const ALONE_MS = HEAL_MS + 1;

const value = fc.oneof(
  fc.integer({ min: -12, max: 120 }),
  // Numbers that differ above their 32nd bit only.
  fc.integer({ min: -2, max: 2 }).map((high) => 7 + high * 2 ** 32),
  fc.maxSafeInteger(),
);

/** Values, each handed in once, before the weather clears. */
function broadcasts(max: number, nodes = 9): fc.Arbitrary<PlannedOp<Stub.Request>[]> {
  const op = fc.record({
    at: fc.nat(HEAL_MS - 200),
    client: fc.nat(4),
    node: fc.nat(nodes - 1),
    value,
  });
  return fc
    .uniqueArray(op, { minLength: 1, maxLength: max, selector: (drawn) => drawn.value })
    .map((drawn) =>
      drawn.map(({ value: number, ...rest }) => {
        return { ...rest, req: { type: "broadcast" as const, value: number } };
      }),
    );
}

type GossipScenario = Scenario<Stub.Request, Topology>;

/** Clusters of many shapes, and what each node knows in the end. */
function scenarios(
  spec: Omit<ScenarioSpec<Stub.Request, Topology>, "nodes" | "setup"> & { nodes?: number[] },
  readAt = SPREAD_MS,
): fc.Arbitrary<GossipScenario> {
  return arbScenario<Stub.Request, Topology>({
    nodes: [2, 3, 4, 5, 9],
    setup: fc.constantFrom(...TOPOLOGIES),
    maxDown: (nodes) => nodes,
    limits: LIMITS,
    ...spec,
  }).map((scenario) => withLastReads(scenario, readAt));
}

/** What is asked in the end is answered: the network is quiet, and all nodes are up. */
function answersLastReads({ history }: Run): void {
  for (const { input, node, status, calledAt } of history) {
    if (calledAt < HEAL_MS) continue;
    equal(
      status,
      "ok",
      `what became of a ${(input as Stub.Request).type} at ${node}, after all has healed`,
    );
  }
}

/** n1 sleeps through a broadcast, and is the only way to n2. */
const story: GossipScenario = withLastReads({
  ...calm<Stub.Request, Topology>({
    nodes: 3,
    setup: "line",
    lengthMs: HEAL_MS,
    ops: [{ at: 10, client: 0, node: 0, req: { type: "broadcast", value: 7 } }],
    faults: [{ kind: "crash", node: 1, at: 0, for: 1_000 }],
  }),
  settle: STORM.settle,
});

defineSpec<typeof Stub>("gossip-broadcast", ({ createNode }, check) => {
  const common = {
    createNode,
    options: optionsOf,
    clientTimeoutMs: CLIENT_TIMEOUT_MS,
    live: answersLastReads,
  };

  check.example({ ...story, settle: 0, ops: story.ops.slice(0, 1) }, common);

  const swift = judgeSpeed();
  check.simulation(
    "no-loss",
    { rule: [2, 7, 8], points: 30, runs: 100, examples: [story, ...WITNESSES["no-loss"]] },
    fc.oneof(
      {
        weight: 9,
        arbitrary: scenarios({
          profile: STORM,
          ops: broadcasts(30),
          faults: ["crashOn", "crash", "cut", "drop"],
        }),
      },
      {
        weight: 1,
        arbitrary: scenarios({
          profile: { ...STORM, jitter: 0, drop: 0, dup: 0, crash: 0, base: [1, 30] },
          ops: broadcasts(3),
        }),
      },
    ),
    { ...common, options: swift.options, invariants: [swift.spreadsAtOnce, knowsAllAcknowledged] },
  );

  check.simulation(
    "agreement",
    { rule: [2, 5], points: 15, runs: 150, examples: WITNESSES["agreement"] },
    scenarios({
      nodes: [2, 3, 4, 5],
      profile: { ...STORM, crash: [0, 200] },
      ops: broadcasts(12),
      faults: ["crashOn", "cut"],
    }),
    { ...common, invariants: [nothingInvented, allAgree] },
  );

  check.simulation(
    "durable-before-reply",
    { rule: 1, points: 20, runs: 150, examples: WITNESSES["durable-before-reply"] },
    scenarios(
      {
        nodes: [2, 3],
        profile: { ...STORM, drop: 1000, crash: [0, 300], down: [1, 50], settle: 500 },
        ops: broadcasts(8),
        faults: ["crashOn"],
      },
      ALONE_MS,
    ),
    { ...common, invariants: [keepsWhatItAcknowledged] },
  );

  check.simulation(
    "deliver-exactly-once",
    { rule: [3, 5], points: 15, runs: 250, examples: WITNESSES["deliver-exactly-once"] },
    arbScenario<Stub.Request, Topology>({
      nodes: [2, 3, 4],
      setup: fc.constantFrom(...TOPOLOGIES),
      profile: { like: "hostile", base: [5, 60], length: HEAL_MS, settle: 200 },
      ops: broadcasts(8),
      faults: ["crashOn", "dup"],
      limits: LIMITS,
      maxDown: (nodes) => nodes,
    }).map((scenario) => withLastReads(scenario, ALONE_MS)),
    {
      createNode,
      options: optionsOf,
      clientTimeoutMs: CLIENT_TIMEOUT_MS,
      invariants: [nothingInvented, deliversOnce, deliversWhatItKnows],
    },
  );

  check.simulation(
    "read-is-sorted-set",
    { rule: [1, 4], points: 5, runs: 100, examples: WITNESSES["read-is-sorted-set"] },
    arbScenario<Stub.Request, Topology>({
      nodes: [2, 3, 4],
      setup: fc.constantFrom(...TOPOLOGIES),
      profile: { like: "weather", crash: 0, length: HEAL_MS, settle: 1_500 },
      ops: fc.tuple(broadcasts(20), reads()).map(([some, more]) => [...some, ...more]),
      faults: ["cut"],
      limits: LIMITS,
    }),
    {
      createNode,
      options: optionsOf,
      invariants: [readsWhatItDelivered],
      check: ({ history }) => {
        for (const { input, node, output, reason } of history) {
          if ((input as Stub.Request).type === "read") {
            const { values } = (output ?? {}) as { values?: unknown };
            holds(
              Array.isArray(values),
              `the answer of ${node} to a read`,
              "{ values: [...] }",
              literal(output ?? reason),
            );
            continue;
          }
          equal(output ?? reason, { ok: true }, `the answer of ${node} to a broadcast`);
        }
      },
    },
  );

  const { options, onlyToNeighbours } = judgeLinks();
  check.simulation(
    "topology-and-quiet",
    { rule: 6, points: 15, runs: 60, examples: WITNESSES["topology-and-quiet"] },
    scenarios({
      profile: STORM,
      ops: broadcasts(8),
      faults: ["crash", "cut"],
    }),
    { ...common, options, invariants: [onlyToNeighbours, quietWhenNothingIsNew] },
  );
});

function reads(): fc.Arbitrary<PlannedOp<Stub.Request>[]> {
  const op = fc.record({
    at: fc.nat(HEAL_MS),
    client: fc.integer({ min: 5, max: 6 }),
    node: fc.nat(8),
    req: fc.constant({ type: "read" as const }),
  });
  return fc.array(op, { maxLength: 6 });
}
