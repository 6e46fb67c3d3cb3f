import fc from "fast-check";
import { PROFILES, type ProfileRanges, type Range } from "../../kit/sim/profiles.ts";
import type {
  Fault,
  FaultKind,
  Limits,
  PlannedOp,
  Profile,
  Scenario,
} from "../../kit/sim/scenario.ts";

export interface ScenarioSpec<Req, Setup> {
  /** Sizes of the cluster to choose from; shrinks towards the first. */
  readonly nodes: number | readonly number[];
  /** A stock profile, or one with some of its ranges changed. */
  readonly profile:
    keyof typeof PROFILES | ({ readonly like: keyof typeof PROFILES } & Partial<ProfileRanges>);
  /** What clients ask: one request drawn for each operation, or a list of them. */
  readonly ops?: OpSpec<Req> | fc.Arbitrary<readonly PlannedOp<Req>[]>;
  /** Kinds of listed faults; none without it. */
  readonly faults?: readonly FaultKind[];
  /** Default 8. */
  readonly maxFaults?: number;
  /** Most nodes that may be down at once; default: a minority. */
  readonly maxDown?: number | ((nodes: number) => number);
  /** The nodes that heal, as a bit mask, where those at the fringe never do; default: all heal. */
  readonly core?: (nodes: number) => number;
  /** Requests and replies are lost and late as well; default: only messages between nodes are. */
  readonly clientFaults?: boolean;
  /** What else is drawn for a run: a topology, options. JSON data. */
  readonly setup?: fc.Arbitrary<Setup>;
  readonly limits?: Partial<Limits>;
}

export interface OpSpec<Req> {
  readonly request: fc.Arbitrary<Req>;
  readonly min?: number;
  readonly max: number;
  /** Default 1; each has one operation open at a time. */
  readonly clients?: number;
  /** The node asked; default: any. */
  readonly to?: number;
  /** Operations begin in this many ms; default: the length of the profile, or 1,000. */
  readonly within?: number;
}

const MOST_NODES = 9;

/** Scenarios as data that shrinks: fewer nodes, operations and faults, calmer weather. */
export function arbScenario<Req = never, Setup = null>(
  spec: ScenarioSpec<Req, Setup>,
): fc.Arbitrary<Scenario<Req, Setup>> {
  const ranges = rangesOf(spec.profile);
  const { length, settle, fifo, shuffleTies, perKb } = ranges;
  const sizes = typeof spec.nodes === "number" ? [spec.nodes] : spec.nodes;
  const { maxDown = minority, limits, setup, core, clientFaults } = spec;
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 0x7fff_ffff }),
      nodes: fc.constantFrom(...sizes),
      base: within(ranges.base),
      jitter: within(ranges.jitter),
      drop: within(ranges.drop),
      dup: within(ranges.dup),
      crash: within(ranges.crash),
      down: within(ranges.down),
      ops: arbOps(spec.ops, length),
      faults: fc.array(arbFault(spec.faults ?? [], length), {
        maxLength: (spec.faults ?? []).length === 0 ? 0 : (spec.maxFaults ?? 8),
      }),
      setup: setup ?? fc.constant(undefined),
    })
    .map(({ seed, nodes, ops, faults, setup: drawn, ...noise }): Scenario<Req, Setup> => {
      const travel = perKb === undefined ? {} : { perKb };
      const profile: Profile = { ...noise, ...travel, fifo, shuffleTies };
      return {
        seed,
        nodes,
        profile,
        ops: ops.map((op) => ({ ...op, node: op.node % nodes })),
        faults: faults.map((fault) => fitFault(fault, nodes)),
        healAt: length,
        settle,
        maxDown: typeof maxDown === "number" ? maxDown : maxDown(nodes),
        ...(drawn === undefined ? {} : { setup: drawn as Setup }),
        ...(limits === undefined ? {} : { limits }),
        ...(core === undefined ? {} : { core: core(nodes) }),
        ...(clientFaults === undefined ? {} : { clientFaults }),
      };
    });
}

function rangesOf(profile: ScenarioSpec<unknown, unknown>["profile"]): ProfileRanges {
  if (typeof profile === "string") return PROFILES[profile];
  const { like, ...changed } = profile;
  return { ...PROFILES[like], ...changed };
}

function minority(nodes: number): number {
  return Math.floor((nodes - 1) / 2);
}

function within(range: Range): fc.Arbitrary<number> {
  if (typeof range === "number") return fc.constant(range);
  const [min, max] = range;
  return fc.integer({ min, max });
}

function arbOps<Req>(
  ops: ScenarioSpec<Req, unknown>["ops"],
  length: number,
): fc.Arbitrary<readonly PlannedOp<Req>[]> {
  if (ops === undefined) return fc.constant([]);
  if (!("request" in ops)) return ops;
  const { request, min = 0, max, clients = 1, to, within: span = length || 1_000 } = ops;
  const op = fc.record({
    at: fc.nat(span),
    client: fc.nat(clients - 1),
    node: to === undefined ? fc.nat(MOST_NODES - 1) : fc.constant(to),
    req: request,
  });
  return fc.array(op, { minLength: min, maxLength: max });
}

function arbFault(kinds: readonly FaultKind[], length: number): fc.Arbitrary<Fault> {
  if (kinds.length === 0) return fc.constant({ kind: "drift", node: 0, ppm: 0 });
  return fc.oneof(...kinds.map((kind) => arbFaultOf(kind, length)));
}

function arbFaultOf(kind: FaultKind, length: number): fc.Arbitrary<Fault> {
  const node = fc.nat(MOST_NODES - 1);
  const at = fc.nat(Math.max(0, length - 1));
  const span = fc.integer({ min: 1, max: Math.max(1, length) });
  const down = fc.oneof(fc.integer({ min: 1, max: Math.max(1, length >> 1) }), fc.constantFrom(-1));
  const nth = fc.nat(20);
  const mask = fc.integer({ min: 1, max: 2 ** MOST_NODES - 1 });
  const by = fc.integer({ min: 1, max: Math.max(1, length >> 2) });
  const way = fc.constantFrom("request" as const, "reply" as const);
  switch (kind) {
    case "drop":
      return fc.record({ kind: fc.constant(kind), from: node, to: node, nth });
    case "dup":
    case "delay":
      return fc.record({ kind: fc.constant(kind), from: node, to: node, nth, by });
    case "cut":
      return fc.record({
        kind: fc.constant(kind),
        at,
        for: span,
        a: mask,
        b: mask,
        oneWay: fc.boolean(),
      });
    case "hold":
      return fc.record({ kind: fc.constant(kind), at, for: span, from: node, to: node });
    case "crash":
      return fc.record({ kind: fc.constant(kind), node, at, for: down });
    case "crashOn":
      return fc.record({
        kind: fc.constant(kind),
        node,
        effect: fc.constantFrom(
          "send" as const,
          "commit" as const,
          "reply" as const,
          "recv" as const,
        ),
        nth,
        for: down,
      });
    case "clientDrop":
      return fc.record({ kind: fc.constant(kind), client: fc.nat(3), way, nth });
    case "clientDelay":
      return fc.record({ kind: fc.constant(kind), client: fc.nat(3), way, nth, by });
    case "pause":
      return fc.record({ kind: fc.constant(kind), node, at, for: span });
    case "skew":
      return fc.record({
        kind: fc.constant(kind),
        node,
        at,
        by: fc.integer({ min: -length, max: length }),
      });
    case "drift":
      return fc.record({
        kind: fc.constant(kind),
        node,
        ppm: fc.integer({ min: -100_000, max: 100_000 }),
      });
  }
}

/** Names nodes of this cluster: indexes are taken modulo its size, masks are cut to it. */
function fitFault(fault: Fault, nodes: number): Fault {
  switch (fault.kind) {
    case "drop":
    case "dup":
    case "delay":
    case "hold":
      return { ...fault, from: fault.from % nodes, to: fault.to % nodes };
    case "clientDrop":
    case "clientDelay":
      return fault;
    case "cut": {
      const all = 2 ** nodes - 1;
      return { ...fault, a: fault.a & all, b: fault.b & all };
    }
    default:
      return { ...fault, node: fault.node % nodes };
  }
}
