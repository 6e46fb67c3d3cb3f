import type { FreeFormat, NodeContext, NodeHandlers, NodeId } from "kata/kit";

/** Who is linked to whom. */
export interface Options {
  /**
   * The neighbours of each node, by its id. Links go both ways, and every node can be reached from
   * every other. A node sends to its neighbours only.
   */
  readonly neighbours: Readonly<Record<NodeId, readonly NodeId[]>>;
}

/**
 * What clients ask. `broadcast` hands in a safe integer, each of them once in a run, and is answered
 * `{ ok: true }`. `read` is answered `{ values }`: all that this node knows, ascending.
 */
export type Request = { type: "broadcast"; value: number } | { type: "read" };

/** The node has learnt a value. */
export type Output = { type: "deliver"; value: number };

/** One node of the cluster, called at each of its boots. The format of messages is yours. */
export function createNode(
  ctx: NodeContext<FreeFormat, Output>,
  options: Options,
): NodeHandlers<FreeFormat, Request> {
  throw new Error("unimplemented: createNode");
}
