/** @design Closures; a heartbeat moves a deadline instead of a timer; term and vote are two keys. */
import type { NodeContext, NodeHandlers } from "kata/kit";
import type {
  Message,
  Options,
  Output,
  Request,
  Status,
} from "../../../../katas/consensus/raft-election/stub.ts";

export function createNode(
  ctx: NodeContext<Message, Output>,
  { electionMin, electionMax, heartbeat }: Options,
): NodeHandlers<Message, Request> {
  const { storage, id, peers } = ctx;
  const status: Status = { term: storage.get("term") ?? 0, role: "follower", leader: null };
  let voters: string[] = [];
  let deadline = 0;
  let alarmAt = Infinity;

  /** Sees to it that some alarm rings at the deadline or before. */
  const watchUntil = (at: number): void => {
    deadline = at;
    if (alarmAt <= at) return;
    alarmAt = at;
    ctx.setTimer(at - ctx.now(), "alarm");
  };
  const awaitLeader = (): void => {
    const patience = electionMin + ctx.random() * (electionMax - electionMin);
    watchUntil(ctx.now() + Math.ceil(patience));
  };
  const enter = (term: number): void => {
    status.term = term;
    status.leader = null;
    storage.set("term", term);
    storage.delete("vote");
  };
  const tellAll = (msg: Message): void => {
    for (const peer of peers) ctx.send(peer, msg);
  };
  const beat = (): void => {
    tellAll({ type: "appendEntries", term: status.term, leader: id });
    watchUntil(ctx.now() + heartbeat);
  };
  const countVote = (voter: string): void => {
    if (status.role !== "candidate" || voters.includes(voter)) return;
    voters.push(voter);
    if (2 * voters.length <= peers.length + 1) return;
    status.role = "leader";
    status.leader = id;
    ctx.emit({ type: "leader", term: status.term });
    beat();
  };
  const stand = (): void => {
    enter(status.term + 1);
    storage.set("vote", id);
    status.role = "candidate";
    voters = [];
    awaitLeader();
    tellAll({ type: "requestVote", term: status.term, candidate: id });
    countVote(id);
  };

  return {
    onStart: awaitLeader,
    onTimer() {
      const now = ctx.now();
      // An alarm that was overtaken by an earlier one.
      if (now < alarmAt) return;
      alarmAt = Infinity;
      if (now < deadline) watchUntil(deadline);
      else if (status.role === "leader") beat();
      else stand();
    },
    onMessage(from, msg) {
      if (msg.term > status.term) {
        enter(msg.term);
        status.role = "follower";
        awaitLeader();
      }
      const { term } = status;
      const isCurrent = msg.term === term;
      if (msg.type === "requestVote") {
        const granted = isCurrent && (storage.get<string>("vote") ?? from) === from;
        if (granted) {
          storage.set("vote", from);
          awaitLeader();
        }
        ctx.send(from, { type: "vote", term, granted });
      } else if (msg.type === "appendEntries") {
        if (isCurrent) {
          status.role = "follower";
          status.leader = from;
          awaitLeader();
        }
        ctx.send(from, { type: "appendReply", term, ok: isCurrent });
      } else if (msg.type === "vote" && msg.granted && isCurrent) countVote(from);
    },
    onRequest(ticket) {
      ctx.reply(ticket, status);
    },
  };
}
