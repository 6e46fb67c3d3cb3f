import type { NodeContext, NodeHandlers } from "kata/kit";

/** How long a node waits; integers in ms, 0 < 2 * heartbeat < electionMin < electionMax. */
export interface Options {
  /** Least time without a leader before a node stands, inclusive. */
  readonly electionMin: number;
  /** Most time without a leader before a node stands, inclusive. */
  readonly electionMax: number;
  /** A leader's time between two heartbeats. */
  readonly heartbeat: number;
}

/** What nodes say to each other. Terms are integers >= 1; candidate and leader are the sender. */
export type Message =
  | { type: "requestVote"; term: number; candidate: string }
  /** The answer to requestVote; the term is that of the node that answers. */
  | { type: "vote"; term: number; granted: boolean }
  /** The heartbeat of a leader; it carries no entries here. */
  | { type: "appendEntries"; term: number; leader: string }
  /** The answer to appendEntries; the term is that of the node that answers. */
  | { type: "appendReply"; term: number; ok: boolean };

/** A client asks a node what it knows; the reply is a `Status`. */
export type Request = { type: "status" };

/** `leader` is the id of the leader of this term as far as this node knows, or null. */
export type Status = {
  term: number;
  role: "follower" | "candidate" | "leader";
  leader: string | null;
};

/** "I am the leader of this term." */
export type Output = { type: "leader"; term: number };

/** One node of the cluster. Called at each boot; `ctx.storage` holds what earlier boots wrote. */
export function createNode(
  ctx: NodeContext<Message, Output>,
  options: Options,
): NodeHandlers<Message, Request> {
  throw new Error("unimplemented: createNode");
}
