import type { NodeContext, NodeHandlers } from "../node.ts";

export const RAFT_BUGS = [
  "votes-twice",
  "forgets-vote",
  "reply-before-write",
  "counts-duplicates",
  "counts-stale-votes",
  "half-is-enough",
  "term-goes-back",
] as const;
export type RaftBug = (typeof RAFT_BUGS)[number];

type Message =
  | { type: "requestVote"; term: number }
  | { type: "vote"; term: number; granted: boolean }
  | { type: "heartbeat"; term: number };
export type RaftOutput = { type: "leader"; term: number };

/** Leader election of Raft (Ongaro and Ousterhout 2014, section 5.2), with at most one bug. */
export function createRaft(
  ctx: NodeContext<Message, RaftOutput>,
  bug?: RaftBug,
): NodeHandlers<Message> {
  let term = bug === "term-goes-back" ? 0 : (ctx.storage.get<number>("term") ?? 0);
  let voted = bug === "forgets-vote" ? null : (ctx.storage.get<string | null>("voted") ?? null);
  let leads = false;
  let votes: string[] = [];
  let timer = 0;
  const majority = (ctx.peers.length + 1) / 2;
  const arm = (): void => {
    ctx.cancelTimer(timer);
    timer = ctx.setTimer(leads ? 50 : 150 + ctx.random() * 150, "tick");
  };
  const save = (): void => {
    ctx.storage.set("term", term);
    ctx.storage.set("voted", voted);
  };
  const adopt = (newer: number): void => {
    term = newer;
    voted = null;
    leads = false;
    save();
  };
  const count = (from: string): void => {
    if (bug === "counts-duplicates" || !votes.includes(from)) votes.push(from);
    if (leads || !(bug === "half-is-enough" ? votes.length >= majority : votes.length > majority))
      return;
    leads = true;
    ctx.emit({ type: "leader", term });
    arm();
  };
  return {
    onStart: arm,
    onTimer() {
      if (!leads) {
        term += 1;
        voted = ctx.id;
        votes = [];
        save();
      }
      for (const peer of ctx.peers)
        ctx.send(peer, { type: leads ? "heartbeat" : "requestVote", term });
      arm();
      if (!leads) count(ctx.id);
    },
    onMessage(from, msg) {
      if (msg.term > term) adopt(msg.term);
      if (msg.type === "requestVote") {
        const isFree = voted === null || voted === from || bug === "votes-twice";
        const granted = msg.term === term && isFree;
        if (bug === "reply-before-write") ctx.send(from, { type: "vote", term, granted });
        if (granted) {
          voted = from;
          save();
          arm();
        }
        if (bug !== "reply-before-write") ctx.send(from, { type: "vote", term, granted });
      } else if (msg.type === "vote") {
        const isCurrent = msg.term === term || bug === "counts-stale-votes";
        if (msg.granted && isCurrent && !leads && voted === ctx.id) count(from);
      } else if (msg.term === term && !leads) arm();
    },
  };
}
