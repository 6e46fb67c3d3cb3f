/** For each wrong answer of gossip-broadcast a small scenario in which it breaks the rule. */
import type { Scenario } from "kata/harness";
import type * as Stub from "../../katas/consensus/gossip-broadcast/stub.ts";
import type { Topology } from "./gossip-broadcast.model.ts";

type Witness = Scenario<Stub.Request, Topology>;

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
  healAt: 2000,
  limits: { events: 20000, pending: 1500, atOnce: 1000 },
  settle: 20200,
  maxDown: 2,
  seed: 0,
} as const;

/** By the property that sees it; the name of the wrong answer stands above each. */
export const WITNESSES = {
  "no-loss": [
    // ack-is-forever, fire-and-forget
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 22000, client: 11, node: 1, req: { type: "read" } },
      ],
      faults: [{ kind: "cut", at: 0, for: 6, a: 2, b: 1, oneWay: false }],
    },
    // confirms-before-it-stores
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 1, req: { type: "broadcast", value: 0 } },
        { at: 22000, client: 10, node: 0, req: { type: "read" } },
      ],
      faults: [{ kind: "crashOn", node: 0, effect: "send", nth: 0, for: 1 }],
    },
    // digest-of-counts
    {
      ...REST,
      nodes: 4,
      setup: "grid",
      ops: [
        { at: 286, client: 0, node: 1, req: { type: "broadcast", value: 0 } },
        { at: 286, client: 0, node: 0, req: { type: "broadcast", value: 1 } },
        { at: 22000, client: 10, node: 0, req: { type: "read" } },
      ],
      faults: [{ kind: "cut", at: 291, for: 100, a: 11, b: 3, oneWay: false }],
      maxDown: 4,
    },
    // gives-up
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 1, req: { type: "broadcast", value: 0 } },
        { at: 22000, client: 10, node: 0, req: { type: "read" } },
      ],
      faults: [{ kind: "crash", node: 0, at: 0, for: -1 }],
    },
    // tells-own-values-only, waits-for-the-round
    {
      ...REST,
      nodes: 3,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 22000, client: 12, node: 2, req: { type: "read" } },
      ],
      faults: [],
      maxDown: 3,
    },
    // timer-lost-at-restart
    {
      ...REST,
      seed: 7,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 1288, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 1283, client: 1, node: 1, req: { type: "broadcast", value: -258313708008275 } },
        { at: 1525, client: 2, node: 0, req: { type: "broadcast", value: -4162509386429335 } },
        { at: 22000, client: 11, node: 1, req: { type: "read" } },
      ],
      faults: [
        { kind: "crashOn", node: 0, effect: "commit", nth: 3, for: 857 },
        { kind: "crashOn", node: 1, effect: "commit", nth: 1, for: 1 },
      ],
    },
  ],
  "topology-and-quiet": [
    // answers-every-digest, chatters
    { ...REST, nodes: 2, setup: "line", ops: [], faults: [] },
    // no-dedup-storm
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [{ at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } }],
      faults: [],
    },
    // talks-to-everybody
    { ...REST, nodes: 7, setup: "line", ops: [], faults: [], maxDown: 7 },
  ],
  "deliver-exactly-once": [
    // delivers-at-boot
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [{ at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } }],
      faults: [{ kind: "crashOn", node: 0, effect: "commit", nth: 0, for: 1 }],
      settle: 200,
    },
    // emit-apart
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [{ at: 0, client: 0, node: 1, req: { type: "broadcast", value: 0 } }],
      faults: [{ kind: "crashOn", node: 0, effect: "commit", nth: 0, for: 1 }],
      settle: 200,
    },
    // emits-every-copy
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 990, client: 0, node: 1, req: { type: "broadcast", value: 0 } },
        { at: 0, client: 0, node: 1, req: { type: "broadcast", value: 1 } },
      ],
      faults: [],
      settle: 200,
    },
    // write-apart
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 2001, client: 10, node: 0, req: { type: "read" } },
      ],
      faults: [{ kind: "crashOn", node: 0, effect: "commit", nth: 0, for: 1 }],
      settle: 200,
    },
  ],
  "durable-before-reply": [
    // memory-only
    {
      ...REST,
      seed: 40,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 1, req: { type: "broadcast", value: 0 } },
        { at: 2001, client: 11, node: 1, req: { type: "read" } },
      ],
      faults: [{ kind: "crashOn", node: 1, effect: "reply", nth: 0, for: 1 }],
      settle: 500,
    },
    // reply-then-write
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 2001, client: 10, node: 0, req: { type: "read" } },
      ],
      faults: [{ kind: "crashOn", node: 0, effect: "reply", nth: 0, for: 1 }],
      settle: 500,
    },
    // tell-then-write
    {
      ...REST,
      seed: 1182157998,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 1496, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 2001, client: 10, node: 0, req: { type: "read" } },
      ],
      faults: [{ kind: "crashOn", node: 0, effect: "reply", nth: 0, for: 1 }],
      settle: 500,
    },
  ],
  "read-is-sorted-set": [
    // reads-text
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 0, client: 5, node: 0, req: { type: "read" } },
      ],
      faults: [],
      settle: 1500,
      maxDown: 0,
    },
    // string-sort
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 2 } },
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 100 } },
        { at: 11, client: 5, node: 0, req: { type: "read" } },
      ],
      faults: [],
      settle: 1500,
      maxDown: 0,
    },
    // waits-for-a-neighbour
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [{ at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } }],
      faults: [{ kind: "cut", at: 0, for: 501, a: 1, b: 2, oneWay: false }],
      settle: 1500,
      maxDown: 0,
    },
  ],
  agreement: [
    // hashes-low-bits
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 7 } },
        { at: 0, client: 1, node: 1, req: { type: "broadcast", value: 7 + 2 ** 32 } },
        { at: 22000, client: 10, node: 0, req: { type: "read" } },
        { at: 22000, client: 11, node: 1, req: { type: "read" } },
      ],
      faults: [{ kind: "cut", at: 0, for: 200, a: 1, b: 2, oneWay: false }],
    },
    // spreads-only-acknowledged
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [
        { at: 0, client: 0, node: 0, req: { type: "broadcast", value: 0 } },
        { at: 22000, client: 10, node: 0, req: { type: "read" } },
        { at: 22000, client: 11, node: 1, req: { type: "read" } },
      ],
      faults: [{ kind: "crashOn", node: 0, effect: "commit", nth: 0, for: 1 }],
    },
    // thirty-two-bits
    {
      ...REST,
      nodes: 2,
      setup: "line",
      ops: [{ at: 0, client: 0, node: 0, req: { type: "broadcast", value: 2147483648 } }],
      faults: [],
    },
  ],
} as const satisfies Record<string, readonly Witness[]>;
