/**
 * Runs in which one mistake each shows, found by chance and made small: for the first runs of
 * `leader-election`.
 */
import type { Fault, PlannedOp, Scenario } from "kata/harness";
import type * as Stub from "../../katas/consensus/leader-election/stub.ts";
import { lastWords } from "./leader-election.model.ts";

/** Every message takes 1 ms, and what is listed happens. */
const story = (
  nodes: number,
  faults: readonly Fault[],
  { base = 1, seed = 0, healAt = 400, ops = lastWords(healAt + 1_000, nodes) }: Variation = {},
): Scenario<Stub.Request, never> => ({
  seed,
  nodes,
  profile: { base, jitter: 0, drop: 0, dup: 0, crash: 0, down: 1, fifo: false, shuffleTies: true },
  ops,
  faults,
  healAt,
  settle: 1_000,
  maxDown: nodes - 1,
});

interface Variation {
  readonly seed?: number;
  readonly base?: number;
  readonly healAt?: number;
  readonly ops?: readonly PlannedOp<Stub.Request>[];
}

const asks = (node: number, ...times: number[]): readonly PlannedOp<Stub.Request>[] =>
  times.map((at, client) => ({ at, client, node, req: { type: "leader" } }));

/** For ever, unless told otherwise. */
const dies = (node: number, at: number, forMs = -2): Fault => ({
  kind: "crash",
  node,
  at,
  for: forMs,
});
const diesSending = (node: number, nth: number, forMs: number): Fault => ({
  kind: "crashOn",
  node,
  effect: "send",
  nth,
  for: forMs,
});

export const COLD_STARTS = [story(3, [])];

export const FAIL_OVERS = [
  // The leader dies, and nobody has a word to say about it.
  story(3, [dies(2, 300)]),
  // Who has answered dies before it announces anything; or nobody waits for an answer that never comes.
  story(3, [dies(2, 0)]),
  // Back after the next one has taken over.
  story(3, [dies(2, 0, 262)], { seed: 1 }),
  // The leader is gone, and two below it are left to notice.
  story(5, [dies(4, 0, -1), dies(0, 0, 1)]),
  // The two highest are gone.
  story(4, [dies(3, 0), dies(2, 0)]),
  // The lowest comes back, and must say again whom it follows.
  story(3, [dies(0, 1, -1)]),
];

export const TAKE_OVERS = [
  // Back after the next one has taken over.
  story(3, [dies(2, 0, 262)], { seed: 1 }),
  // Dies after half of its announcement.
  story(3, [diesSending(2, 0, 82)]),
];

export const LOWER_ONES = [
  // A heartbeat of n1 is on its way when n2 comes back.
  story(3, [dies(2, 0, 420)], { base: 40, healAt: 500 }),
];

export const LATE_WORDS = [
  // Nothing happens at all.
  story(3, [], { healAt: 20_000, ops: [] }),
  // The leader is away for a little longer than everybody may need to settle.
  story(3, [dies(2, 0, 1_163)], { base: 0, healAt: 20_000, ops: [] }),
];

export const QUESTIONS = [
  // Back just when the others have missed it.
  story(3, [diesSending(2, 1, 181)]),
  // Asked before it has said anything.
  story(3, [], { ops: asks(0, 0) }),
  // Asked when it comes back, while the leader that it had is gone.
  story(3, [dies(2, 0), dies(0, 1, 1)], { base: 0, ops: asks(0, 47) }),
  // Asked long after the leader has come back.
  story(3, [dies(2, 1, 262)], { base: 0, ops: asks(0, 1_300) }),
  // Asked again and again, when all is settled and the leader alive.
  story(3, [], { base: 20, ops: asks(0, 1_000, 1_050, 1_100, 1_150) }),
];

/** Long enough to count what is sent in the 10 s after all is settled. */
export const PEACE = [3, 7].map((nodes) => story(nodes, [], { healAt: 11_000, ops: [] }));
