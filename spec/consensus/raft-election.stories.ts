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

/** 10 s after the healing all know one leader, and 3 s later it still leads in the same term. */
export function staysElected({ history, outputs, isUp }: Run): void {
  const elected = outputs.findLast(({ at }) => at <= ELECTED_MS);
  const when = `${ELECTED_MS - HEAL_MS} ms after all has healed`;
  if (elected === undefined) return holds(false, `who leads ${when}`, "a node", "nobody ever did");
  const { term } = elected.out as Stub.Output;
  const leader = elected.node;
  equal(isUp(leader) ? "up" : "down", "up", `the last leader, ${leader} of term ${term}, ${when}`);
  const later = outputs.find(({ at }) => at > ELECTED_MS);
  equal(later?.node ?? "nobody", "nobody", `who becomes leader later than ${when}`);
  for (const { node, output, calledAt } of history) {
    if (!isUp(node)) continue;
    const expected = { term, role: node === leader ? "leader" : "follower", leader };
    equal(output, expected, `what ${node} answers ${calledAt - HEAL_MS} ms after all has healed`);
  }
}
