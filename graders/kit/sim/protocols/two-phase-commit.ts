import type { NodeContext, NodeHandlers } from "../node.ts";

export const COMMIT_BUGS = [
  "decision-in-memory",
  "tells-then-writes",
  "majority-is-enough",
  "missing-vote-is-yes",
  "uncertain-aborts",
  "late-yes-after-abort",
] as const;
export type CommitBug = (typeof COMMIT_BUGS)[number];

type Message =
  | { type: "prepare" | "inquire" }
  | { type: "vote"; yes: boolean }
  | { type: "decision"; outcome: string };
export type CommitOutput = { type: "decided"; outcome: string };
export interface CommitOptions {
  readonly refuses: readonly string[];
  readonly bug?: CommitBug;
}

/** Two-phase commit of one transaction, presumed abort (Mohan et al. 1986), with at most one bug. */
export function createCommit(
  ctx: NodeContext<Message, CommitOutput>,
  { refuses, bug }: CommitOptions,
): NodeHandlers<Message> {
  const coordinator = "n0";
  let memory: string | undefined;
  const known = (): string | undefined => ctx.storage.get<string>("outcome") ?? memory;
  const votes = new Map<string, boolean>();
  let collects = false;
  const tell = (outcome: string): void => {
    for (const peer of ctx.peers) ctx.send(peer, { type: "decision", outcome });
  };
  const decide = (outcome: string): void => {
    if (known() !== undefined && bug !== "late-yes-after-abort") return;
    if (known() === outcome) return;
    if (ctx.id === coordinator && bug === "tells-then-writes") tell(outcome);
    if (ctx.id !== coordinator || bug !== "decision-in-memory") ctx.storage.set("outcome", outcome);
    memory = outcome;
    ctx.emit({ type: "decided", outcome });
    if (ctx.id === coordinator) tell(outcome);
    collects = false;
  };
  return {
    onStart() {
      if (ctx.id !== coordinator && ctx.storage.get("voted") === true)
        ctx.setTimer(100, "uncertain");
    },
    onRequest() {
      if (known() !== undefined || collects) return;
      collects = true;
      for (const peer of ctx.peers) ctx.send(peer, { type: "prepare" });
      ctx.setTimer(300, "votes");
    },
    onTimer(tag) {
      if (tag === "votes")
        decide(collects && bug === "missing-vote-is-yes" ? "commit" : (known() ?? "abort"));
      else if (known() === undefined) {
        if (bug === "uncertain-aborts") return decide("abort");
        ctx.send(coordinator, { type: "inquire" });
        ctx.setTimer(100, "uncertain");
      }
    },
    onMessage(from, msg) {
      if (msg.type === "prepare" && known() === undefined) {
        const yes = !refuses.includes(ctx.id);
        if (yes) ctx.storage.set("voted", true);
        ctx.send(from, { type: "vote", yes });
        if (yes) ctx.setTimer(100, "uncertain");
        else decide("abort");
      } else if (msg.type === "vote") {
        votes.set(from, msg.yes);
        const yes = [...votes.values()].filter(Boolean).length;
        const needed =
          bug === "majority-is-enough" ? Math.ceil(ctx.peers.length / 2) : ctx.peers.length;
        if (!msg.yes && bug !== "majority-is-enough") decide("abort");
        else if (yes >= needed && (collects || bug === "late-yes-after-abort")) decide("commit");
      } else if (msg.type === "inquire") {
        if (!collects) decide("abort");
        const outcome = known();
        if (outcome !== undefined) ctx.send(from, { type: "decision", outcome });
        else if (!collects) ctx.send(from, { type: "decision", outcome: "abort" });
      } else if (msg.type === "decision") decide(msg.outcome);
    },
  };
}
