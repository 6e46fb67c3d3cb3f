/** For each wrong answer of quorum-store a small scenario in which it breaks the rule. */
import type { PlannedOp, Scenario } from "kata/harness";
import type * as Stub from "../../katas/replication/quorum-store/stub.ts";
import type { Quorum } from "./quorum-store.model.ts";

type Witness = Scenario<Stub.Request, Quorum>;

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
  healAt: 2500,
  settle: 0,
  maxDown: 3,
  seed: 0,
} as const;

/** By the property that sees it; the name of the wrong answer stands above each. */
export const WITNESSES = {
  "durable-acks": [
    // ack-before-store
    {
      ...REST,
      seed: 331147439,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [{ kind: "crashOn", node: 1, effect: "send", nth: 1, for: 1 }],
      healAt: 800,
      settle: 50,
      ops: asks("0 c0 n2 put x v1; 400 c11 n1 local x"),
    },
    // counts-messages
    {
      ...REST,
      seed: 2,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [
        { kind: "crashOn", node: 1, effect: "send", nth: 6, for: 1 },
        { kind: "dup", from: 2, to: 0, nth: 2, by: 0 },
      ],
      healAt: 800,
      settle: 50,
      ops: asks("0 c0 n0 put x v1; 0 c0 n1 put x v2; 0 c0 n0 put x v3; 400 c11 n1 local x"),
    },
    // memory-only
    {
      ...REST,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [{ kind: "crash", node: 2, at: 16, for: 1 }],
      healAt: 800,
      settle: 50,
      ops: asks("0 c0 n0 put x v1; 400 c12 n2 local x"),
    },
  ],
  "fresh-reads": [
    // asks-one-for-versions
    {
      ...REST,
      seed: 187,
      nodes: 3,
      setup: { r: 3, w: 1 },
      faults: [{ kind: "crashOn", node: 0, effect: "send", nth: 7, for: 1 }],
      ops: asks(
        "51 c1 n1 get x; 266 c0 n1 put x v2; 1677 c2 n0 get x; 1251 c0 n0 put x v5; 914 c0 n1 put x v6; 134 c1 n1 put x v8; 60 c0 n0 get x",
      ),
    },
    // clock-version
    {
      ...REST,
      nodes: 5,
      setup: { r: 2, w: 3 },
      faults: [{ kind: "skew", node: 3, at: 627, by: 100 }],
      maxDown: 5,
      ops: asks("612 c0 n3 put x v1; 612 c0 n0 put x v2; 615 c0 n3 get x"),
    },
    // counter-per-coordinator
    {
      ...REST,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [],
      maxDown: 1,
      ops: asks("1 c0 n0 put x v1; 1 c0 n0 get x; 0 c0 n1 put x v3"),
    },
    // first-answer
    {
      ...REST,
      seed: 157,
      nodes: 3,
      setup: { r: 3, w: 1 },
      faults: [
        { kind: "delay", from: 0, to: 1, nth: 4, by: 104 },
        { kind: "delay", from: 1, to: 0, nth: 4, by: 119 },
        { kind: "delay", from: 0, to: 2, nth: 5, by: 112 },
      ],
      ops: asks(
        "0 c0 n2 get x; 1378 c2 n0 put y v2; 339 c0 n0 get y; 1711 c0 n2 get y; 1012 c1 n1 get y; 670 c1 n0 get y; 435 c1 n0 get x",
      ),
    },
    // reads-one
    {
      ...REST,
      nodes: 3,
      setup: { r: 3, w: 1 },
      faults: [{ kind: "delay", from: 0, to: 1, nth: 8, by: 100 }],
      ops: asks(
        "692 c2 n1 get x; 0 c0 n0 put x v2; 661 c2 n0 put x v3; 0 c2 n0 put y v4; 339 c0 n0 get y; 670 c1 n0 get y; 435 c1 n0 get x",
      ),
    },
    // text-counter
    {
      ...REST,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [],
      maxDown: 1,
      ops: asks(
        "0 c0 n0 put x v13; 0 c0 n0 put x v14; 0 c0 n0 put x v15; 0 c0 n0 put x v16; 0 c0 n0 put x v17; 0 c0 n0 put x v18; 0 c0 n0 put x v19; 0 c0 n0 put x v20; 0 c0 n0 put x v21; 0 c0 n0 put x v22; 0 c0 n0 get x",
      ),
    },
  ],
  converges: [
    // chatters
    {
      ...REST,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [],
      healAt: 3000,
      settle: 3000,
      ops: asks(""),
    },
    // ids-start-again
    {
      ...REST,
      seed: 536962183,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [
        { kind: "crash", node: 1, at: 0, for: -1 },
        { kind: "crashOn", node: 0, effect: "send", nth: 12, for: 1 },
      ],
      healAt: 3000,
      settle: 3000,
      ops: asks("0 c0 n0 put x v1; 1297 c0 n0 put z v2; 5500 c10 n0 local x; 5500 c11 n1 local x"),
    },
    // last-arrival-wins
    {
      ...REST,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [],
      healAt: 3000,
      settle: 3000,
      ops: asks("709 c0 n0 put x v1; 709 c1 n0 put x v2; 5500 c11 n1 local x; 5500 c12 n2 local x"),
    },
    // late-hint
    {
      ...REST,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [{ kind: "crashOn", node: 0, effect: "send", nth: 6, for: 1 }],
      healAt: 3000,
      settle: 3000,
      ops: asks("0 c0 n0 put x v1; 0 c0 n0 put x v2; 5500 c11 n1 local x; 5500 c12 n2 local x"),
    },
    // own-copy-late
    {
      ...REST,
      nodes: 3,
      setup: { r: 1, w: 3 },
      faults: [{ kind: "crashOn", node: 0, effect: "send", nth: 2, for: 1 }],
      healAt: 3000,
      settle: 3000,
      ops: asks("0 c0 n0 put x v1; 5500 c10 n0 local x; 5500 c11 n1 local x"),
    },
    // reused-version
    {
      ...REST,
      nodes: 3,
      setup: { r: 3, w: 1 },
      faults: [],
      healAt: 3000,
      settle: 3000,
      ops: asks("461 c1 n1 put y v1; 461 c0 n1 put y v2; 5500 c15 n2 local y; 5500 c13 n0 local y"),
    },
  ],
  "hinted-handoff": [
    // hint-dropped-at-quorum, no-hints
    {
      ...REST,
      nodes: 3,
      profile: {
        base: 5,
        jitter: 0,
        drop: 0,
        dup: 0,
        crash: 0,
        down: 1,
        fifo: false,
        shuffleTies: false,
      },
      setup: { r: 2, w: 2 },
      faults: [{ kind: "crash", node: 0, at: 0, for: 100 }],
      healAt: 3200,
      ops: asks("20 c0 n1 put x v1; 3000 c10 n0 local x"),
    },
    // hint-timer-lost
    {
      ...REST,
      nodes: 3,
      profile: {
        base: 5,
        jitter: 0,
        drop: 0,
        dup: 0,
        crash: 0,
        down: 1,
        fifo: false,
        shuffleTies: false,
      },
      setup: { r: 2, w: 2 },
      faults: [
        { kind: "crash", node: 0, at: 0, for: 100 },
        { kind: "crash", node: 1, at: 50, for: 1 },
      ],
      healAt: 3200,
      ops: asks("20 c0 n1 put x v1; 3000 c10 n0 local x"),
    },
    // hints-in-memory
    {
      ...REST,
      nodes: 3,
      profile: {
        base: 5,
        jitter: 0,
        drop: 0,
        dup: 0,
        crash: 0,
        down: 1,
        fifo: false,
        shuffleTies: false,
      },
      setup: { r: 2, w: 2 },
      faults: [
        { kind: "crash", node: 0, at: 0, for: 2000 },
        { kind: "crash", node: 1, at: 50, for: 30 },
      ],
      healAt: 3200,
      ops: asks("20 c0 n1 put x v1; 3000 c10 n0 local x"),
    },
  ],
} as const satisfies Record<string, readonly Witness[]>;

/** Requests as text: instant, client, node, then what is asked. */
function asks(text: string): PlannedOp<Stub.Request>[] {
  if (text === "") return [];
  return text.split("; ").map((line) => {
    const [at, client = "", node = "", op, key = "", value = ""] = line.split(" ");
    const req: Stub.Request =
      op === "put" ? { op, key, value } : { op: op === "get" ? "get" : "local", key };
    return { at: Number(at), client: Number(client.slice(1)), node: Number(node.slice(1)), req };
  });
}
