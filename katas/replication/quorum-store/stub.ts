import type { FreeFormat, NodeContext, NodeHandlers, NodeId } from "kata/kit";

/** How the store is set up: the same at every node. */
export interface QuorumOptions {
  /** Replicas of each key, an integer from 1 to the number of nodes. */
  readonly n: number;
  /** Replicas that must answer a get, an integer from 1 to `n`. */
  readonly r: number;
  /** Replicas that must store a put, an integer from 1 to `n`. */
  readonly w: number;
  /** All nodes, in an order that depends on the key; the first `n` are its replicas. Pure. */
  preference(key: string): readonly NodeId[];
  /** How long a get or put may take at its coordinator, in ms. */
  readonly timeoutMs: number;
  /** How long to wait before handing over a hint again, in ms. */
  readonly retryMs: number;
}

/** What clients ask of any node. */
export type Request =
  | { op: "get"; key: string }
  | { op: "put"; key: string; value: string }
  /** What this very node holds, without asking anybody. */
  | { op: "local"; key: string };

/**
 * `value` answers a get or local: null when there is none. `{ ok: true }` alone answers a put.
 * `unavailable`: too few replicas in time; a put may still take effect.
 */
export type Reply = { ok: true; value: string | null } | { ok: true } | { error: "unavailable" };

/** One node of the cluster, called at each of its boots. The format of messages is yours. */
export function createNode(
  ctx: NodeContext<FreeFormat, never>,
  options: QuorumOptions,
): NodeHandlers<FreeFormat, Request> {
  throw new Error("unimplemented: createNode");
}
