import type { NodeContext, NodeHandlers, NodeId } from "kata/kit";

/** The same at every node. */
export interface Options {
  /** The node that coordinates every transaction. All others take part in every transaction. */
  readonly coordinator: NodeId;
  /** How long the coordinator waits for votes, in ms. */
  readonly voteTimeoutMs: number;
  /** How long to wait before a message is repeated, in ms. */
  readonly retryMs: number;
  /** Whether this participant can commit this transaction. Pure. */
  canCommit(tx: string, participant: NodeId): boolean;
}

export type Outcome = "commit" | "abort";

/** What nodes say to each other. `tx` is any non-empty string. */
export type Message =
  /** From the coordinator: can you commit? */
  | { type: "prepare"; tx: string }
  /** The answer of a participant. */
  | { type: "vote"; tx: string; yes: boolean }
  /** The outcome, to whoever does not know it yet. */
  | { type: "decision"; tx: string; outcome: Outcome }
  /** The answer of a participant, which knows the outcome now. */
  | { type: "ack"; tx: string }
  /** A participant that has voted yes asks the coordinator what became of it. */
  | { type: "inquire"; tx: string };

/** What clients ask of the coordinator. It is answered `{ outcome }`. */
export type Request = { type: "begin"; tx: string };

/** The node knows the outcome, and applies it. */
export type Output = { type: "decided"; tx: string; outcome: Outcome };

/** One node of the cluster, called at each of its boots: the coordinator or a participant. */
export function createNode(
  ctx: NodeContext<Message, Output>,
  options: Options,
): NodeHandlers<Message, Request> {
  throw new Error("unimplemented: createNode");
}
