/** For wrong answers of two-phase-commit that break agreement a small scenario in which they do. */
import type { Scenario } from "kata/harness";
import type * as Stub from "../../katas/transactions/two-phase-commit/stub.ts";

type Witness = Scenario<Stub.Request, readonly string[]>;

const REST = {
  profile: {
    base: 5,
    jitter: 0,
    drop: 0,
    dup: 0,
    crash: 0,
    down: 1,
    fifo: false,
    shuffleTies: true,
  },
  nodes: 2,
  ops: [{ at: 0, client: 0, node: 0, req: { type: "begin", tx: "t1" } }],
  healAt: 2_500,
  settle: 0,
  maxDown: 2,
  seed: 0,
  setup: [],
} as const;

export const NO_AGREEMENT: readonly Witness[] = [
  // decision-in-memory: the decision is lost on its way, and then forgotten
  {
    ...REST,
    faults: [
      { kind: "drop", from: 0, to: 1, nth: 1 },
      { kind: "crash", node: 0, at: 50, for: 1 },
    ],
  },
  // late-yes-after-abort: the only vote comes when the time is over
  { ...REST, faults: [{ kind: "delay", from: 1, to: 0, nth: 0, by: 350 }] },
  // presumes-too-early: n1 asks while n0 waits for n2
  { ...REST, nodes: 3, faults: [{ kind: "delay", from: 0, to: 2, nth: 0, by: 150 }] },
  // begins-again: aborted for want of a vote, begun again, and this time all is well
  {
    ...REST,
    ops: [
      { at: 0, client: 0, node: 0, req: { type: "begin", tx: "t1" } },
      { at: 1_000, client: 1, node: 0, req: { type: "begin", tx: "t1" } },
    ],
    faults: [
      { kind: "drop", from: 0, to: 1, nth: 0 },
      { kind: "drop", from: 0, to: 1, nth: 1 },
    ],
  },
  // tells-then-writes: dead between the message and the write, it knows nothing
  { ...REST, faults: [{ kind: "crashOn", node: 0, effect: "send", nth: 1, for: 1 }] },
  // uncertain-aborts, uncertain-commits: cut off from n0, which has decided
  {
    ...REST,
    nodes: 3,
    faults: [{ kind: "crashOn", node: 0, effect: "send", nth: 2, for: 2_400 }],
  },
];
