/** The stories that a quorum store is put through on purpose. */
import { calm, type Fault, type PlannedOp } from "kata/harness";
import type * as Stub from "../../katas/replication/quorum-store/stub.ts";
import {
  IDLE_MS,
  RETRY_MS,
  withLocals,
  type Quorum,
  type StoreScenario,
} from "./quorum-store.model.ts";

const HANDED_OVER_MS = 10 * RETRY_MS;

function put(at: number, node: number, value: string, key = "x"): PlannedOp<Stub.Request> {
  return { at, client: 0, node, req: { op: "put", key, value } };
}

function cutOff(nodes: readonly number[], all: number, at: number, forMs: number): Fault {
  const a = nodes.reduce((mask, node) => mask | (1 << node), 0);
  return { kind: "cut", at, for: forMs, a, b: (2 ** all - 1) & ~a };
}

/** n2 is cut off, misses a put, and gets it afterwards. */
export const cutOffStory = withLocals(
  calm<Stub.Request, Quorum>({
    nodes: 3,
    setup: { r: 2, w: 2 },
    lengthMs: 2_500,
    ops: [
      put(10, 0, "1"),
      { at: 100, client: 1, node: 2, req: { op: "get", key: "x" } },
      { at: 110, client: 2, node: 2, req: { op: "local", key: "x" } },
    ],
    faults: [cutOff([2], 3, 0, 1_000)],
  }),
  2_100,
);

/**
 * A replica dies after one of its messages. At some instant all nodes lose their memory and all
 * links are cut; then each replica is asked.
 */
export function powerCut(spec: {
  weather: StoreScenario;
  at: number;
  dying: number;
  nth: number;
}): StoreScenario {
  const { weather, at, dying, nth } = spec;
  const death: Fault = { kind: "crashOn", node: dying, effect: "send", nth, for: 1 };
  const all = Array.from({ length: weather.nodes }, (_, node) => node);
  const faults: Fault[] = all.map((node) => ({ kind: "crash", node, at, for: 20 }));
  const cuts = all.slice(1).map((node) => cutOff(all.slice(0, node), weather.nodes, at, 800 - at));
  const dark = { ...weather, faults: [...weather.faults, death, ...faults, ...cuts] };
  return withLocals({ ...dark, ops: weather.ops.filter((op) => op.at < at) }, 400);
}

/** n3 holds no copy of x. It dies between two messages of a put, and is asked for another one. */
export function coordinatorDies(spec: {
  seed: number;
  nodes: number;
  setup: Quorum;
  nth: number;
  again: number;
}): StoreScenario {
  const { seed, nodes, setup, nth, again } = spec;
  const second = { ...put(again, 3, "v2"), client: 1 };
  const story = calm<Stub.Request, Quorum>({
    nodes,
    seed,
    setup,
    lengthMs: IDLE_MS + 500,
    ops: [put(10, 3, "v1"), second],
    faults: [{ kind: "crashOn", node: 3, effect: "send", nth, for: 1 }],
  });
  // Which replica answers first differs from put to put.
  return { ...story, profile: { ...story.profile, jitter: 20 } };
}

interface Outage {
  readonly nodes: number;
  readonly setup: Quorum;
  readonly away: readonly number[];
  readonly at: number;
  readonly isCut: boolean;
  /** Messages that arrive twice, in permille. */
  readonly dup: number;
  readonly seed: number;
}

/** Some replicas are down or cut off for good; one of the other nodes is asked. */
export function outage({ nodes, setup, away, at, isCut, dup, seed }: Outage): StoreScenario {
  const present = Array.from({ length: nodes }, (_, i) => i).filter((i) => !away.includes(i));
  const gone = present.length === 0 ? away.slice(1) : away;
  const node = present[at % Math.max(1, present.length)] ?? away[0] ?? 0;
  const asks = (when: number, req: Stub.Request): PlannedOp<Stub.Request> => {
    return { at: when, client: 0, node, req };
  };
  const faults: Fault[] = isCut
    ? gone.length === 0
      ? []
      : [cutOff(gone, nodes, 0, 3_000)]
    : gone.map((i) => ({ kind: "crash", node: i, at: 0, for: -2 }));
  const story = calm<Stub.Request, Quorum>({
    nodes,
    seed,
    setup,
    lengthMs: 3_000,
    ops: [
      asks(20, { op: "put", key: "x", value: "v1" }),
      asks(600, { op: "get", key: "x" }),
      asks(1_200, { op: "local", key: "x" }),
      asks(1_300, { op: "local", key: "y" }),
    ],
    faults,
  });
  return { ...story, profile: { ...story.profile, dup } };
}

/** The replicas that an outage takes away. */
export function awayIn(faults: readonly Fault[]): number[] {
  return faults.flatMap((fault) => {
    if (fault.kind === "crash") return [fault.node];
    return fault.kind === "cut" ? [0, 1, 2].filter((i) => (fault.a & (1 << i)) !== 0) : [];
  });
}

/** A replica misses puts of n3, which then dies for good, and with it what it wanted to hand over. */
export function holderLost(spec: {
  seed: number;
  jitter: number;
  setup: Quorum;
  behind: number;
  reader: number;
  misses: "one" | "all";
}): StoreScenario {
  const { seed, jitter, setup, behind, reader, misses } = spec;
  const story = calm<Stub.Request, Quorum>({
    nodes: 5,
    seed,
    setup,
    lengthMs: 2_000,
    ops: [
      ...(misses === "one" ? [put(10, 3, "v1")] : []),
      put(300, 3, "v2"),
      { at: 1_000, client: 1, node: reader, req: { op: "get", key: "x" } },
    ],
    faults: [cutOff([behind], 5, 250, 600), { kind: "crash", node: 3, at: 500, for: -2 }],
  });
  return withLocals({ ...story, profile: { ...story.profile, jitter } }, 1_600);
}

/** A replica is away during some puts; then nobody reads, and it gets them all the same. */
export function replicaAway(spec: {
  seed: number;
  nodes: number;
  away: number;
  isCut: boolean;
  puts: number;
  writers: readonly number[];
  restartAt: number | undefined;
}): StoreScenario {
  const { seed, nodes, away, isCut, puts, writers, restartAt } = spec;
  const others = Array.from({ length: nodes }, (_, i) => i).filter((i) => i !== away);
  const writer = (i: number): number => others[(writers[i] ?? 0) % others.length] ?? 0;
  const backAt = 2_000;
  return withLocals(
    calm<Stub.Request, Quorum>({
      nodes,
      seed,
      setup: { r: 2, w: 2 },
      lengthMs: backAt + HANDED_OVER_MS + 200,
      ops: Array.from({ length: puts }, (_, i) => put(20 + 10 * i, writer(i), `v${i + 1}`)),
      faults: [
        isCut
          ? cutOff([away], nodes, 0, backAt)
          : { kind: "crash", node: away, at: 0, for: backAt },
        ...(restartAt === undefined
          ? []
          : others.map((node): Fault => ({ kind: "crash", node, at: restartAt, for: 30 }))),
      ],
    }),
    backAt + HANDED_OVER_MS,
  );
}
