import type { ClientOp, ClientScript } from "./clients.ts";
import type { Json, NodeId } from "./node.ts";
import type { Fault } from "./scenario.ts";
import type { Invariant, NodeOutput, TraceEvent } from "./trace-event.ts";

export interface SimulateOptions<Options = unknown> {
  /** The second argument of createNode. */
  readonly options?: Options;
  /** `full` keeps every event, `hash` only the hash of all, `off` neither. Default `off`. */
  readonly trace?: "full" | "hash" | "off";
  readonly invariants?: readonly Invariant[];
  /** What clients do once their planned operations are done. */
  readonly onClient?: ClientScript;
  /** Clients that `onClient` moves, at least those of the planned operations. */
  readonly clients?: number;
  /** How long a client waits for an answer, in ms; default 1,000. */
  readonly clientTimeoutMs?: number;
  /** Whether an answer `{ error }` says for certain that nothing happened; default: never. */
  readonly isDefinite?: (reply: Json) => boolean;
}

/**
 * `settled`: it came to its end; `idle`: nothing was left to happen; `budget` and `zeno`: too many
 * events in all, or at one instant; `threw`: a node broke; `invariant`: a rule was broken.
 */
export type Outcome = "settled" | "idle" | "budget" | "zeno" | "threw" | "invariant";

export interface RunStats {
  /** Messages between different nodes. */
  readonly sent: number;
  readonly delivered: number;
  /** Lost on the way, or at a node that was down. */
  readonly dropped: number;
  readonly duplicated: number;
  /** Of the JSON of all that was sent. */
  readonly bytes: number;
  /** Messages sent, by their `type`. */
  readonly byType: Readonly<Record<string, number>>;
  /** Of storage, deletes included. */
  readonly writes: number;
}

/** What came of one scenario. */
export interface Run {
  readonly outcome: Outcome;
  /** Equal for equal runs; empty when the trace is off. */
  readonly hash: string;
  /** Deliveries, timers, requests and the like. */
  readonly events: number;
  /** In ms. */
  readonly endedAt: number;
  /** What the clients saw, in the order of their calls. */
  readonly history: readonly ClientOp[];
  readonly outputs: readonly NodeOutput[];
  readonly stats: RunStats;
  readonly violation?: { readonly name: string; readonly detail: string; readonly event: number };
  /** With `threw`: which handler of which node, and what it threw as the cause. */
  readonly error?: Error;
  /** With `budget` and `zeno`: what went on. */
  readonly reason?: string;
  readonly trace: readonly TraceEvent[];
  /** The noise that struck, as faults. */
  readonly struck: readonly Fault[];
  isUp(node: NodeId): boolean;
  storage(node: NodeId): Readonly<Record<string, Json>>;
}
