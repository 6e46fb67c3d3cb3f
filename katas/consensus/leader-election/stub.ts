import type { FreeFormat, NodeContext, NodeHandlers } from "kata/kit";

/** What the network promises, and how often a leader may be heard; integers > 0, in ms. */
export interface Options {
  /** A message to a node that is up arrives within this time, inclusive. */
  readonly maxDelay: number;
  /** The pace of whatever tells that a leader lives. */
  readonly heartbeatEvery: number;
}

/** A client asks a node whom it follows; the reply is an `Answer`. */
export type Request = { type: "leader" };

/** The leader that this node follows, itself included; null while it knows none. */
export type Answer = { leader: string | null };

/** This node follows that leader from now on; it may be the node itself. */
export type Output = { type: "leader"; leader: string };

/** One node of the cluster. Called at each boot. The format of messages is yours. */
export function createNode(
  ctx: NodeContext<FreeFormat, Output>,
  options: Options,
): NodeHandlers<FreeFormat, Request> {
  throw new Error("unimplemented: createNode");
}
