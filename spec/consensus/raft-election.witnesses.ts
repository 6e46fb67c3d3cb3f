/**
 * Runs in which one mistake each shows, found by chance and made small: for the first runs of
 * `raft-election`.
 */
import type { Fault, Scenario } from "kata/harness";

/** Weather without chance: `base` ms a message, and the faults. */
const story = (
  seed: number,
  nodes: number,
  base: number,
  ...faults: Fault[]
): Scenario<never, null> => ({
  seed,
  nodes,
  profile: { base, jitter: 0, drop: 0, dup: 0, crash: 0, down: 1, fifo: false, shuffleTies: true },
  ops: [],
  faults,
  healAt: 2_500,
  settle: 0,
  maxDown: 1,
});

export const TWO_LEADERS = [
  // A vote for each who asks.
  story(143, 3, 67),
  // A refusal that counts as a vote.
  story(3, 3, 32),
  // Half of four nodes, twice.
  story(16, 4, 34, { kind: "delay", from: 2, to: 0, nth: 0, by: 100 }),
  // A vote, or a term, that a crash wipes out.
  story(268, 3, 33, { kind: "crashOn", node: 2, effect: "send", nth: 0, for: 3 }),
  // A vote that left before it was written.
  story(327, 3, 32, { kind: "crashOn", node: 0, effect: "send", nth: 0, for: 9 }),
  // A candidate that forgets that it voted for itself.
  story(
    1_382_269_368,
    3,
    45,
    { kind: "delay", from: 0, to: 2, nth: 0, by: 30 },
    { kind: "crashOn", node: 0, effect: "commit", nth: 1, for: 4 },
  ),
  // A vote that arrives twice.
  story(
    62,
    4,
    30,
    { kind: "dup", from: 2, to: 0, nth: 0, by: 10 },
    { kind: "dup", from: 3, to: 1, nth: 0, by: 10 },
  ),
  // A vote of the term before.
  story(14, 3, 58, { kind: "delay", from: 2, to: 1, nth: 0, by: 191 }),
  // The voters of the term before.
  story(73, 3, 87),
];
