import fc from "fast-check";
import { expect, test } from "vitest";
import {
  COMMIT_BUGS,
  createCommit,
  type CommitBug,
  type CommitOptions,
  type CommitOutput,
} from "../../kit/sim/protocols/two-phase-commit.ts";
import {
  RAFT_BUGS,
  createRaft,
  type RaftBug,
  type RaftOutput,
} from "../../kit/sim/protocols/raft.ts";
import type { Scenario } from "../../kit/sim/scenario.ts";
import type { Invariant } from "../../kit/sim/trace-event.ts";
import { arbScenario } from "./arb-scenario.ts";
import { explainFailure } from "./explain-failure.ts";
import { judgeScenario, type SimulationSpec } from "./judge-run.ts";

const MOST_FAULTS = 4;
/** Bugs that show only when somebody refuses. */
const NEEDS_A_NO: readonly CommitBug[] = ["majority-is-enough", "missing-vote-is-yes"];

const oneLeader: Invariant = {
  name: "one leader a term",
  on: ["emit"],
  start: () => {
    const leaders = new Map<number, string>();
    return ({ node, data }) => {
      const { term } = data as RaftOutput;
      const other = leaders.get(term) ?? node;
      leaders.set(term, node);
      return other === node ? undefined : `two leaders in term ${term}: ${other} and ${node}`;
    };
  },
};

/** One outcome, and no commit against a refusal. */
function agreement(refuses: readonly string[]): Invariant {
  return {
    name: "one outcome, and commit only if all agreed",
    on: ["emit"],
    start: () => {
      let first: string | undefined;
      return ({ node, data }) => {
        const { outcome } = data as CommitOutput;
        if (outcome === "commit" && refuses.length > 0)
          return `${node} commits, ${refuses[0]} refused`;
        first ??= outcome;
        return outcome === first ? undefined : `${node} decides ${outcome} after ${first}`;
      };
    },
  };
}

const raftScenarios = arbScenario({ nodes: [3, 4], profile: "hostile" });
const raft = (bug?: RaftBug): SimulationSpec<never, null, RaftBug | undefined> => ({
  createNode: createRaft,
  ...(bug === undefined ? {} : { options: bug }),
  invariants: [oneLeader],
});

const commitScenarios = arbScenario({
  nodes: [3, 4, 5],
  profile: { like: "hostile", base: [5, 40], jitter: [0, 150], length: 3_000 },
  ops: { request: fc.constant("begin"), min: 1, max: 2, to: 0, within: 500 },
  faults: ["cut"],
  maxFaults: 3,
});
const commit = (
  bug: CommitBug | undefined,
  refuses: string[],
): SimulationSpec<string, null, CommitOptions> => ({
  createNode: createCommit,
  options: { refuses, ...(bug === undefined ? {} : { bug }) },
  invariants: [agreement(refuses)],
});

/** The first failing scenario in so many runs, shrunk by fast-check. */
function search<Req, Options>(
  scenarios: fc.Arbitrary<Scenario<Req, null>>,
  spec: SimulationSpec<Req, null, Options>,
  numRuns: number,
): Scenario<Req, null> | undefined {
  const property = fc.property(scenarios, (scenario) => judgeScenario(scenario, spec));
  return fc.check(property, { numRuns, seed: 20_260_101 }).counterexample?.[0];
}

test("the small Raft and the small two-phase commit hold", () => {
  expect(search(raftScenarios, raft(), 300)).toBeUndefined();
  expect(search(commitScenarios, commit(undefined, []), 300)).toBeUndefined();
  expect(search(commitScenarios, commit(undefined, ["n2"]), 300)).toBeUndefined();
});

test.each(RAFT_BUGS)("a Raft that %s dies, by few faults", (bug) => {
  const found = search(raftScenarios, raft(bug), 2_000);
  if (found === undefined) expect.unreachable("survived 2,000 runs");
  const told = explainFailure(found, raft(bug), () => false);
  const small = told?.input as Scenario | undefined;
  expect(small?.faults.length).toBeLessThanOrEqual(MOST_FAULTS);
  expect(told?.story.rows.at(-1)?.text).toMatch(/^outputs leader/);
});

test.each(COMMIT_BUGS)("a two-phase commit whose bug is %s dies, by few faults", (bug) => {
  const refuses = NEEDS_A_NO.includes(bug) ? ["n2"] : [];
  const found = search(commitScenarios, commit(bug, refuses), 2_000);
  if (found === undefined) expect.unreachable("survived 2,000 runs");
  const told = explainFailure(found, commit(bug, refuses), () => false);
  const small = told?.input as Scenario | undefined;
  expect(small?.faults.length).toBeLessThanOrEqual(MOST_FAULTS);
  expect(told?.story.rows.at(-1)?.text).toMatch(/^outputs decided/);
});
