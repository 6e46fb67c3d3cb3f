/**
 * @bug Goes on naming the leader of an earlier term.
 * @killedBy term-rules
 */
import type { NodeContext, NodeHandlers } from "kata/kit";
import type {
  Message,
  Options,
  Output,
  Request,
  Status,
} from "../../../../katas/consensus/raft-election/stub.ts";

/** What survives a crash. */
interface Ballot {
  readonly term: number;
  readonly votedFor: string | null;
}

class RaftNode implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, Output>;
  readonly #options: Options;
  readonly #majority: number;
  #term: number;
  #votedFor: string | null;
  #role: Status["role"] = "follower";
  #leader: string | null = null;
  /** Who voted for this node in this term. */
  #voters = new Set<string>();
  #timer = -1;

  constructor(ctx: NodeContext<Message, Output>, options: Options) {
    this.#ctx = ctx;
    this.#options = options;
    this.#majority = Math.floor((ctx.peers.length + 1) / 2) + 1;
    const ballot = ctx.storage.get<Ballot>("ballot");
    this.#term = ballot?.term ?? 0;
    this.#votedFor = ballot?.votedFor ?? null;
  }

  onStart(): void {
    this.#awaitLeader();
  }

  onTimer(tag: string): void {
    if (tag === "heartbeat") this.#beat();
    else this.#stand();
  }

  onRequest(ticket: string): void {
    const status: Status = { term: this.#term, role: this.#role, leader: this.#leader };
    this.#ctx.reply(ticket, status);
  }

  onMessage(from: string, msg: Message): void {
    if (msg.term > this.#term) this.#adopt(msg.term);
    switch (msg.type) {
      case "requestVote":
        return this.#vote(from, msg.term);
      case "appendEntries":
        return this.#follow(from, msg.term);
      case "vote":
        if (msg.granted && msg.term === this.#term) this.#count(from);
        return;
      case "appendReply":
        // Without a log only its term says anything.
        return;
    }
  }

  /** A message carried a higher term: whatever this node was, it is a follower of that term. */
  #adopt(term: number): void {
    this.#save({ term, votedFor: null });
    const led = this.#role === "leader";
    this.#role = "follower";
    if (led) this.#awaitLeader();
  }

  #vote(candidate: string, term: number): void {
    const isFree = this.#votedFor === null || this.#votedFor === candidate;
    const granted = term === this.#term && isFree;
    if (granted) {
      this.#save({ term, votedFor: candidate });
      this.#awaitLeader();
    }
    this.#ctx.send(candidate, { type: "vote", term: this.#term, granted });
  }

  #follow(leader: string, term: number): void {
    const ok = term === this.#term;
    if (ok) {
      this.#role = "follower";
      this.#leader = leader;
      this.#awaitLeader();
    }
    this.#ctx.send(leader, { type: "appendReply", term: this.#term, ok });
  }

  #stand(): void {
    this.#save({ term: this.#term + 1, votedFor: this.#ctx.id });
    this.#role = "candidate";
    this.#voters = new Set();
    this.#awaitLeader();
    this.#tellAll({ type: "requestVote", term: this.#term, candidate: this.#ctx.id });
    this.#count(this.#ctx.id);
  }

  #count(voter: string): void {
    if (this.#role !== "candidate") return;
    this.#voters.add(voter);
    if (this.#voters.size < this.#majority) return;
    this.#role = "leader";
    this.#leader = this.#ctx.id;
    this.#ctx.emit({ type: "leader", term: this.#term });
    this.#beat();
  }

  #beat(): void {
    this.#arm(this.#options.heartbeat, "heartbeat");
    this.#tellAll({ type: "appendEntries", term: this.#term, leader: this.#ctx.id });
  }

  /** Patience until this node stands itself: a fresh one each time, so that candidates part. */
  #awaitLeader(): void {
    const { electionMin, electionMax } = this.#options;
    this.#arm(electionMin + this.#ctx.random() * (electionMax - electionMin), "election");
  }

  #arm(ms: number, tag: string): void {
    this.#ctx.cancelTimer(this.#timer);
    this.#timer = this.#ctx.setTimer(ms, tag);
  }

  #save(ballot: Ballot): void {
    this.#term = ballot.term;
    this.#votedFor = ballot.votedFor;
    this.#ctx.storage.set("ballot", ballot);
  }

  #tellAll(msg: Message): void {
    for (const peer of this.#ctx.peers) this.#ctx.send(peer, msg);
  }
}

export function createNode(
  ctx: NodeContext<Message, Output>,
  options: Options,
): NodeHandlers<Message, Request> {
  return new RaftNode(ctx, options);
}
