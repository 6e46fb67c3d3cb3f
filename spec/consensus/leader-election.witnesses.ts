/**
 * Runs in which one mistake each shows, found by chance and made small: for the first runs of
 * `leader-election`.
 */
import type { Fault, Scenario } from "kata/harness";
import type * as Stub from "../../katas/consensus/leader-election/stub.ts";

/** Weather without chance: the faults only. */
const story = (seed: number, nodes: number, ...faults: Fault[]): Scenario<Stub.Request, never> => ({
  seed,
  nodes,
  profile: {
    base: 1,
    jitter: 0,
    drop: 0,
    dup: 0,
    crash: 0,
    down: 1,
    fifo: false,
    shuffleTies: true,
  },
  ops: [],
  faults,
  healAt: 4_000,
  settle: 1_000,
  maxDown: nodes - 1,
});

export const FAIL_OVERS = [
  // Who has answered dies before it announces anything; or nobody waits for an answer that never comes.
  story(0, 3, { kind: "crash", node: 2, at: 0, for: -2 }),
  // The leader is gone, and two below it are left to notice.
  story(
    0,
    5,
    { kind: "crash", node: 4, at: 0, for: -1 },
    { kind: "crash", node: 0, at: 0, for: 1 },
  ),
  // The two highest are gone.
  story(
    0,
    7,
    { kind: "crash", node: 6, at: 0, for: -1 },
    { kind: "crash", node: 5, at: 0, for: -1 },
  ),
  // The lowest comes back, and must say again whom it follows.
  story(0, 3, { kind: "crash", node: 0, at: 1, for: -1 }),
];

export const TAKE_OVERS = [
  // Back after the next one has taken over.
  story(1, 3, { kind: "crash", node: 2, at: 0, for: 262 }),
  // Dies after half of its announcement.
  story(0, 3, { kind: "crashOn", node: 2, effect: "send", nth: 0, for: 82 }),
];

export const LOWER_ONES = [
  // A heartbeat of n5 is on its way when n6 comes back.
  story(1, 7, { kind: "crash", node: 6, at: 1_162, for: 500 }),
];

export const SAME_AGAIN = [
  // Back just when the others have missed it.
  story(0, 3, { kind: "crashOn", node: 2, effect: "send", nth: 1, for: 181 }),
];
