/** Judges two-phase-commit: clusters in bad weather, and single nodes on the bench. */
import fc from "fast-check";
import {
  arbScenario,
  calm,
  defineSpec,
  equal,
  type Invariant,
  type PlannedOp,
  type Scenario,
  type ScenarioSpec,
} from "kata/harness";
import type * as Stub from "../../katas/transactions/two-phase-commit/stub.ts";
import { referee } from "./two-phase-commit.model.ts";
import { NO_AGREEMENT } from "./two-phase-commit.witnesses.ts";
import { coordinatorScripts, participantScripts, playOn } from "./two-phase-commit.stories.ts";

const VOTE_TIMEOUT_MS = 300;
const RETRY_MS = 100;
/** Faults of a storm end here, in ms. */
const HEAL_MS = 2_500;
/** By now everybody who has voted knows the outcome. */
const DECIDED_MS = HEAL_MS + 5_000;
/** Begun then, in the healed cluster; nobody refuses it. */
const LAST = "last";

/** Who cannot commit what: "t1 n2". */
type Refusals = readonly string[];
type CommitScenario = Scenario<Stub.Request, Refusals>;

function optionsOf({ setup = [] }: { readonly setup?: Refusals }): Stub.Options {
  return {
    coordinator: "n0",
    voteTimeoutMs: VOTE_TIMEOUT_MS,
    retryMs: RETRY_MS,
    canCommit: (tx, participant) => !setup.includes(`${tx} ${participant}`),
  };
}

/** When all has been quiet for long enough, one more transaction begins. */
function withLastBegin(scenario: CommitScenario): CommitScenario {
  const last = { at: DECIDED_MS, client: 9, node: 0, req: { type: "begin" as const, tx: LAST } };
  return { ...scenario, ops: [...scenario.ops, last] };
}

/** Outputs, answers and messages name one outcome. */
const oneOutcome: Invariant = {
  name: "one outcome a transaction, at all nodes and for all clients",
  on: ["request", "reply", "emit", "send"],
  start: () => {
    const first = new Map<string, { outcome: Stub.Outcome; where: string }>();
    const begun = new Map<string, string>();
    return ({ kind, node, peer = "", note = "", data }) => {
      const { tx: named, outcome } = data as { tx?: string; outcome?: Stub.Outcome };
      if (kind === "request") begun.set(note, named ?? "");
      const name = kind === "reply" ? begun.get(note) : named;
      if (name === undefined || outcome === undefined) return undefined;
      const verbs: Record<string, string> = { reply: `answers ${peer}`, send: `tells ${peer}` };
      const where = `${node} ${verbs[kind] ?? "decides"} ${outcome}`;
      const before = first.get(name) ?? { outcome, where };
      first.set(name, before);
      return before.outcome === outcome ? undefined : `${name}: ${before.where}, ${where}`;
    };
  },
};

const decidesOnceABoot: Invariant = {
  name: "a node decides a transaction at most once a boot",
  on: ["emit", "crash"],
  start: () => {
    const decided = new Map<string, Set<string>>();
    return ({ kind, node, data }) => {
      const past = kind === "crash" ? new Set<string>() : (decided.get(node) ?? new Set());
      decided.set(node, past);
      if (kind === "crash") return undefined;
      const { tx: name } = data as Stub.Output;
      const isSecond = past.has(name);
      past.add(name);
      return isSecond ? `${node} decides ${name} a second time` : undefined;
    };
  },
};

const neverAborts: Invariant = {
  name: "while nothing fails, every transaction commits",
  on: ["reply"],
  start: () => {
    return ({ node, peer, data }) => {
      const { outcome } = data as { outcome?: string };
      return outcome === "commit" ? undefined : `${node} answers ${peer}: ${outcome}`;
    };
  },
};

/** Judged when the last transaction begins. */
const allVotersDecide: Invariant = {
  name: "5 s after the last fault, every node that has voted has decided",
  on: ["send", "emit", "invoke"],
  start: () => {
    const voted = new Map<string, string>();
    const decided = new Set<string>();
    return ({ kind, node, data }) => {
      const { type, tx: name = "" } = data as { type: string; tx?: string };
      if (kind === "send" && type === "vote")
        voted.set(`${node} ${name}`, `${node} voted on ${name}`);
      if (kind === "emit") decided.add(`${node} ${name}`);
      if (kind !== "invoke" || name !== LAST) return undefined;
      for (const [who, what] of voted) {
        if (!decided.has(who)) return `${what} and has not decided`;
      }
      return undefined;
    };
  },
};

/** Unless the coordinator dies, which ends the wait of its clients. */
const answersInTime: Invariant = {
  name: `begin is answered within ${VOTE_TIMEOUT_MS} ms, unless the coordinator dies`,
  on: ["request", "reply", "crash", "send", "invoke"],
  start: () => {
    const open = new Map<string, { at: number; what: string }>();
    return ({ kind, at, node, peer, note = "", data }) => {
      for (const { at: askedAt, what } of open.values()) {
        if (at > askedAt + VOTE_TIMEOUT_MS)
          return `n0 has not answered ${what}, asked at ${askedAt} ms`;
      }
      if (kind === "request")
        open.set(note, { at, what: `begin ${(data as Stub.Request).tx} of ${peer}` });
      if (kind === "reply") open.delete(note);
      if (kind === "crash" && node === "n0") open.clear();
      return undefined;
    };
  },
};

const tx = fc.integer({ min: 1, max: 6 }).map((i) => `t${i}`);

/** Transactions that overlap; some are begun twice. */
function begins(within: number): fc.Arbitrary<PlannedOp<Stub.Request>[]> {
  const op = fc.record({
    at: fc.nat(within),
    client: fc.nat(3),
    node: fc.constant(0),
    req: tx.map((name) => ({ type: "begin" as const, tx: name })),
  });
  return fc.array(op, { minLength: 1, maxLength: 8 });
}

const refusals: fc.Arbitrary<Refusals> = fc.array(
  fc.tuple(tx, fc.integer({ min: 1, max: 6 })).map(([name, node]) => `${name} n${node}`),
  { maxLength: 2 },
);

const BEGIN_MS = 1_500;

function storms(
  spec: Partial<ScenarioSpec<Stub.Request, Refusals>> & Pick<ScenarioSpec<never, null>, "profile">,
): fc.Arbitrary<CommitScenario> {
  return arbScenario<Stub.Request, Refusals>({
    nodes: [2, 3, 4, 5],
    ops: begins(BEGIN_MS),
    setup: refusals,
    faults: ["crashOn", "crash", "cut"],
    maxFaults: 4,
    maxDown: (nodes) => nodes,
    ...spec,
  });
}

/** Latencies of some ms up to several retries, many copies, crashes tied to what a node does. */
const HOSTILE = {
  like: "hostile",
  base: [5, 40],
  jitter: [0, 150],
  drop: [0, 200],
  length: HEAL_MS,
} as const;
const HEALING = { length: HEAL_MS, settle: DECIDED_MS - HEAL_MS + 1_000 };

/** n0 has written the commit and told n1. Then it is gone for 2 s, and n2 can only ask. */
const blocked: CommitScenario = withLastBegin({
  ...calm<Stub.Request, Refusals>({
    nodes: 3,
    lengthMs: HEAL_MS,
    ops: [{ at: 10, client: 0, node: 0, req: { type: "begin", tx: "t1" } }],
    faults: [{ kind: "crashOn", node: 0, effect: "send", nth: 2, for: 2_000 }],
    setup: [],
  }),
  settle: HEALING.settle,
});

defineSpec<typeof Stub>("two-phase-commit", ({ createNode }, check) => {
  const common = { createNode, options: optionsOf };
  const node = {
    subject: (setup: Parameters<typeof referee>[0]) => playOn(createNode, setup),
    referee,
  };

  check.example({ ...blocked, settle: 0, ops: blocked.ops.slice(0, 1) }, common);

  check.simulation(
    "agreement",
    { rule: [7, 10, 11], points: 25, runs: 500, examples: NO_AGREEMENT },
    fc.oneof(storms({ profile: HOSTILE }), storms({ profile: { like: "weather", ...HEALING } })),
    { ...common, invariants: [oneOutcome] },
  );

  check.referee(
    "commit-needs-all-yes",
    { rule: [1, 4, 5, 6], points: 15, runs: 300 },
    coordinatorScripts(false),
    node,
  );

  check.referee(
    "prepared-survives",
    { rule: [2, 3, 6, 11], points: 15, runs: 300 },
    participantScripts(["commit", "abort"], false),
    node,
  );

  check.referee(
    "decision-durable",
    { rule: [4, 5, 6, 7, 11], points: 15, runs: 400 },
    coordinatorScripts(true),
    node,
  );

  check.referee(
    "abort-is-binding",
    { rule: [3, 5], points: 10, runs: 200 },
    participantScripts(["abort"], true),
    node,
  );

  check.simulation(
    "commits-when-healthy",
    { rule: [6, 8], points: 10, runs: 100 },
    storms({
      nodes: [2, 3, 5, 7],
      profile: {
        like: "calm",
        base: [1, 30],
        jitter: [0, 40],
        dup: [0, 300],
        length: 2_000,
        settle: 1_000,
      },
      setup: fc.constant([]),
      faults: [],
    }),
    {
      ...common,
      invariants: [decidesOnceABoot, answersInTime, neverAborts],
      check: ({ history, outputs }, { nodes }) => {
        for (const { input, output, reason } of history) {
          const { tx } = input as Stub.Request;
          equal(output ?? reason, { outcome: "commit" }, `the answer to begin ${tx}`);
          const decided = outputs.filter(({ out }) => (out as Stub.Output).tx === tx);
          equal(decided.length, nodes, `nodes that have decided ${tx} in the end`);
        }
      },
    },
  );

  check.simulation(
    "terminates",
    { rule: [1, 2, 4, 9], points: 10, runs: 150, examples: [blocked] },
    storms({ profile: { like: "weather", ...HEALING } }).map(withLastBegin),
    {
      ...common,
      invariants: [allVotersDecide, answersInTime],
      live: ({ history }) => {
        const last = history.at(-1);
        equal(
          last?.output ?? last?.reason,
          { outcome: "commit" },
          "what becomes of one more transaction",
        );
      },
    },
  );
});
