import type { Json } from "./node.ts";

/** One run as data. With the code of the nodes it decides everything that happens. */
export interface Scenario<Req = Json, Setup = Json> {
  /** 32 bits; decides latencies, ties and what the profile's noise strikes. */
  readonly seed: number;
  /** 1 to 9. */
  readonly nodes: number;
  readonly profile: Profile;
  readonly ops: readonly PlannedOp<Req>[];
  readonly faults: readonly Fault[];
  /** Noise and passing faults end here, in ms. */
  readonly healAt: number;
  /** Quiet time after `healAt`, in ms; the run ends with it. */
  readonly settle: number;
  /** A crash that would leave more nodes than this down at once does not happen. */
  readonly maxDown: number;
  /**
   * Bit mask of the nodes that heal at `healAt`, with the links between them; all when left out. What
   * strikes the others, and the links to them, goes on: a node at the fringe must not hold up the rest.
   */
  readonly core?: number;
  /** Requests and replies are lost and late like messages; without it the clients' links are sound. */
  readonly clientFaults?: boolean;
  /** What else the spec draws: a topology, options. */
  readonly setup?: Setup;
  readonly limits?: Partial<Limits>;
}

/** The weather of a run. */
export interface Profile {
  /** Every message takes this long, in ms; `jitter` adds 0 to so many ms. */
  readonly base: number;
  readonly jitter: number;
  /** And so many ms more for each KiB of the message; default 0. */
  readonly perKb?: number;
  /** Messages lost and doubled, in permille. */
  readonly drop: number;
  readonly dup: number;
  /** Effect blocks after which the node dies, in permille. */
  readonly crash: number;
  /** Such a node is down for 1 to so many ms. */
  readonly down: number;
  /** Messages of one link never overtake each other. */
  readonly fifo: boolean;
  /** What is due at one instant happens in an order that depends on the seed. */
  readonly shuffleTies: boolean;
}

/** A request of a client: it waits for the answer to the one before. */
export interface PlannedOp<Req = Json> {
  /** Earliest instant, in ms. */
  readonly at: number;
  readonly client: number;
  readonly node: number;
  readonly req: Req;
}

/** Until `healAt`. */
export const UNTIL_HEALED = -1;
/** For the rest of the run. */
export const FOR_EVER = -2;

/** Nodes are numbers here; every `nth` counts from 0. */
export type Fault =
  /** The nth message of a link is lost, arrives twice (the copy `by` ms late), or `by` ms late. */
  | { readonly kind: "drop"; readonly from: number; readonly to: number; readonly nth: number }
  | {
      readonly kind: "dup" | "delay";
      readonly from: number;
      readonly to: number;
      readonly nth: number;
      readonly by: number;
    }
  /** Messages sent from a node of the bit mask `a` to one of `b` are lost; the other way too, unless `oneWay`. */
  | {
      readonly kind: "cut";
      readonly at: number;
      readonly for: number;
      readonly a: number;
      readonly b: number;
      readonly oneWay?: boolean;
    }
  /** What is sent is kept back and arrives, in order, after the end. */
  | {
      readonly kind: "hold";
      readonly at: number;
      readonly for: number;
      readonly from: number;
      readonly to: number;
    }
  /** `for`: ms, -1 until `healAt`, -2 for ever. */
  | { readonly kind: "crash"; readonly node: number; readonly at: number; readonly for: number }
  /** Dies right after its nth effect of a kind; with `recv`, as its nth message arrives. */
  | {
      readonly kind: "crashOn";
      readonly node: number;
      readonly effect: CrashPoint;
      readonly nth: number;
      readonly for: number;
    }
  /** The nth request or reply of a client is lost, or `by` ms late. */
  | {
      readonly kind: "clientDrop";
      readonly client: number;
      readonly way: ClientWay;
      readonly nth: number;
    }
  | {
      readonly kind: "clientDelay";
      readonly client: number;
      readonly way: ClientWay;
      readonly nth: number;
      readonly by: number;
    }
  /** Deliveries and timers wait; the clock goes on. */
  | { readonly kind: "pause"; readonly node: number; readonly at: number; readonly for: number }
  /** The clock of the node jumps by so many ms. */
  | { readonly kind: "skew"; readonly node: number; readonly at: number; readonly by: number }
  /** The clock of the node runs fast by so many millionths. */
  | { readonly kind: "drift"; readonly node: number; readonly ppm: number };

export type FaultKind = Fault["kind"];
/** From a client to a node, or back. */
export type ClientWay = "request" | "reply";
export type CrashPoint = "send" | "commit" | "reply" | "recv";

/** What ends a run that would not end by itself. */
export interface Limits {
  readonly events: number;
  /** Events at one instant. */
  readonly atOnce: number;
  /** Messages and timers waiting. */
  readonly pending: number;
}

export const DEFAULT_LIMITS: Limits = { events: 20_000, atOnce: 2_000, pending: 10_000 };
const MOST_NODES = 9;
const MOST_CLIENTS = 1_000;
const LONGEST_MS = 3_600_000;

/** When what strikes this node ends, in ms. */
export function healingOf({ healAt, core }: Scenario<unknown, unknown>, node: number): number {
  return core === undefined || (core & (1 << node)) !== 0 ? healAt : Infinity;
}

/** @throws RangeError that names what of the scenario cannot be. */
export function assertScenario(scenario: Scenario<unknown, unknown>): void {
  const { nodes, profile, ops, faults, healAt, settle, maxDown, core } = scenario;
  range("nodes", nodes, 1, MOST_NODES);
  range("healAt", healAt, 0, LONGEST_MS);
  range("settle", settle, 0, LONGEST_MS);
  range("maxDown", maxDown, 0, MOST_NODES);
  if (core !== undefined) range("core", core, 0, 2 ** nodes - 1);
  for (const key of ["base", "jitter", "down"] as const) {
    range(`profile.${key}`, profile[key], 0, LONGEST_MS);
  }
  range("profile.perKb", profile.perKb ?? 0, 0, LONGEST_MS);
  for (const key of ["drop", "dup", "crash"] as const) {
    range(`profile.${key}`, profile[key], 0, 1000);
  }
  ops.forEach((op, i) => {
    range(`ops[${i}].at`, op.at, 0, LONGEST_MS);
    range(`ops[${i}].client`, op.client, 0, MOST_CLIENTS);
    node(`ops[${i}].node`, op.node, nodes);
  });
  faults.forEach((fault, i) => assertFault(fault, `faults[${i}]`, nodes));
}

function assertFault(fault: Fault, name: string, nodes: number): void {
  const at = (value: number): void => range(`${name}.at`, value, 0, LONGEST_MS);
  switch (fault.kind) {
    case "drop":
    case "dup":
    case "delay":
      node(`${name}.from`, fault.from, nodes);
      node(`${name}.to`, fault.to, nodes);
      range(`${name}.nth`, fault.nth, 0, Number.MAX_SAFE_INTEGER);
      if (fault.kind !== "drop") range(`${name}.by`, fault.by, 0, LONGEST_MS);
      return;
    case "cut":
      at(fault.at);
      range(`${name}.for`, fault.for, 0, LONGEST_MS);
      range(`${name}.a`, fault.a, 0, 2 ** nodes - 1);
      range(`${name}.b`, fault.b, 0, 2 ** nodes - 1);
      return;
    case "hold":
      at(fault.at);
      range(`${name}.for`, fault.for, 0, LONGEST_MS);
      node(`${name}.from`, fault.from, nodes);
      node(`${name}.to`, fault.to, nodes);
      return;
    case "crash":
    case "pause":
      at(fault.at);
      node(`${name}.node`, fault.node, nodes);
      range(`${name}.for`, fault.for, fault.kind === "crash" ? FOR_EVER : 0, LONGEST_MS);
      return;
    case "crashOn":
      node(`${name}.node`, fault.node, nodes);
      range(`${name}.nth`, fault.nth, 0, Number.MAX_SAFE_INTEGER);
      range(`${name}.for`, fault.for, FOR_EVER, LONGEST_MS);
      return;
    case "clientDrop":
    case "clientDelay":
      range(`${name}.client`, fault.client, 0, MOST_CLIENTS);
      range(`${name}.nth`, fault.nth, 0, Number.MAX_SAFE_INTEGER);
      if (fault.kind === "clientDelay") range(`${name}.by`, fault.by, 0, LONGEST_MS);
      return;
    case "skew":
      at(fault.at);
      node(`${name}.node`, fault.node, nodes);
      range(`${name}.by`, fault.by, -LONGEST_MS, LONGEST_MS);
      return;
    case "drift":
      node(`${name}.node`, fault.node, nodes);
      range(`${name}.ppm`, fault.ppm, -500_000, 500_000);
      return;
  }
}

function node(name: string, value: number, nodes: number): void {
  if (Number.isInteger(value) && value >= 0 && value < nodes) return;
  const last = nodes === 1 ? "n0 only" : `n0 to n${nodes - 1}`;
  throw new RangeError(`scenario: ${name} is node ${value}, but the cluster has ${last}`);
}

function range(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `scenario: ${name} must be an integer from ${least} to ${most}, got ${value}`,
  );
}
