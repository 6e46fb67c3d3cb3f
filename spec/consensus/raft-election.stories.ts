/** What the spec of `raft-election` wants of a cluster: one leader a term, and some leader that stays. */
import { calm, equal, holds, type Invariant, type Run, type Scenario } from "kata/harness";
import type * as Stub from "../../katas/consensus/raft-election/stub.ts";

const status = { type: "status" as const };

export const oneLeader: Invariant = {
  name: "one leader a term",
  on: ["emit"],
  start: () => {
    const leaders = new Map<number, string>();
    return ({ node, data }) => {
      const { term } = data as Stub.Output;
      const other = leaders.get(term) ?? node;
      leaders.set(term, node);
      return other === node ? undefined : `two leaders in term ${term}: ${other} and ${node}`;
    };
  },
};

export const HEAL_MS = 3_000;
const ELECTED_MS = HEAL_MS + 10_000;
const LATER_MS = ELECTED_MS + 3_000;

/** Everybody is asked 10 s after the healing, and again 3 s later. */
export const askedTwice = [ELECTED_MS, LATER_MS].flatMap((at) =>
  [0, 1, 2, 3, 4].map((node) => ({ at, client: node, node, req: status })),
);

const ofThree = askedTwice.map((op) => ({ ...op, node: op.node % 3 }));

/** Two are left, and stand in one term: nobody may be bound by that vote for ever. */
export const splitVote: Scenario<Stub.Request, Death | null> = {
  ...calm({ nodes: 3, lengthMs: HEAL_MS, base: 5, seed: 0, ops: ofThree }),
  faults: [{ kind: "crash", node: 2, at: 176, for: -1 }],
  settle: 13_100,
  setup: null,
};

export interface Death {
  readonly node: number;
  readonly at: number;
}

/** A node that dies and does not come back, if a minority may be down. */
export function withDeath(
  scenario: Scenario<Stub.Request, Death | null>,
): Scenario<Stub.Request, Death | null> {
  const { setup, nodes, faults, maxDown } = scenario;
  if (setup === undefined || setup === null || maxDown === 0) return scenario;
  const dies = { kind: "crash" as const, node: setup.node % nodes, at: setup.at, for: -2 };
  return { ...scenario, faults: [...faults, dies] };
}

const WHEN = `${ELECTED_MS - HEAL_MS} ms after all has healed`;

export const knowsLeader: Invariant = {
  name: `from ${WHEN} on, everybody knows a leader`,
  on: ["reply"],
  start:
    () =>
    ({ at, node, data }) => {
      const { term, role, leader } = data as Stub.Status;
      if (at < ELECTED_MS || leader !== null) return undefined;
      return `${node} answers that it is a ${role} in term ${term} and knows no leader`;
    },
};

export const noLateLeader: Invariant = {
  name: `later than ${WHEN} nobody becomes leader`,
  on: ["emit"],
  start:
    () =>
    ({ at, node, data }) =>
      at > ELECTED_MS ? `${node} becomes leader of term ${(data as Stub.Output).term}` : undefined,
};

/** Where nothing goes wrong. */
export const oneLeaderAtAll: Invariant = {
  name: "one leader in 10 calm seconds",
  on: ["emit"],
  start: () => {
    let first: string | undefined;
    return ({ at, node, data }) => {
      const { term } = data as Stub.Output;
      if (first !== undefined) return `${node} becomes leader of term ${term}; ${first}`;
      first = `${node} leads term ${term} since ${at} ms`;
      return undefined;
    };
  },
};

/** 10 s after the healing all know one leader, and 3 s later it still leads in the same term. */
export function staysElected({ history, outputs, isUp }: Run): void {
  // To make a failure smaller, questions are left out; a node that was not asked tells nothing.
  if (history.length === 0) return;
  const elected = outputs.findLast(({ at }) => at <= ELECTED_MS);
  if (elected === undefined) return holds(false, `who leads ${WHEN}`, "a node", "nobody ever did");
  const { term } = elected.out as Stub.Output;
  const leader = elected.node;
  equal(isUp(leader) ? "up" : "down", "up", `the last leader, ${leader} of term ${term}, ${WHEN}`);
  for (const { node, output, calledAt } of history) {
    if (!isUp(node)) continue;
    const expected = { term, role: node === leader ? "leader" : "follower", leader };
    equal(output, expected, `what ${node} answers ${calledAt - HEAL_MS} ms after all has healed`);
  }
}
