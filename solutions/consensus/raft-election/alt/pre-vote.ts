/** @design Asks around before it goes to the next term (PreVote), and protects a leader that is heard. */
import type { NodeContext, NodeHandlers } from "kata/kit";
import type * as Stub from "../../../../katas/consensus/raft-election/stub.ts";

type Message =
  | Stub.Message
  | { type: "preVote"; term: number; candidate: string }
  | { type: "preVoteReply"; term: number; granted: boolean };

class PreVoteNode implements NodeHandlers<Message, Stub.Request> {
  readonly #ctx: NodeContext<Message, Stub.Output>;
  readonly #options: Stub.Options;
  #term: number;
  #votedFor: string | null;
  #role: Stub.Status["role"] = "follower";
  #leader: string | null = null;
  #heardAt = -Infinity;
  /** Who would vote for this node in the next term. */
  #promised = new Set<string>();
  #voters = new Set<string>();
  #timer = -1;

  constructor(ctx: NodeContext<Message, Stub.Output>, options: Stub.Options) {
    this.#ctx = ctx;
    this.#options = options;
    this.#term = ctx.storage.get<number>("term") ?? 0;
    this.#votedFor = ctx.storage.get<string>("votedFor") ?? null;
  }

  onStart(): void {
    this.#awaitLeader();
  }

  onTimer(tag: string): void {
    if (tag === "beat") this.#beat();
    else this.#askAround();
  }

  onRequest(ticket: string): void {
    this.#ctx.reply(ticket, { term: this.#term, role: this.#role, leader: this.#leader });
  }

  onMessage(from: string, msg: Message): void {
    if (msg.type === "preVote") {
      const granted = msg.term > this.#term && !this.#hearsLeader();
      const term = granted ? msg.term : this.#term;
      this.#ctx.send(from, { type: "preVoteReply", term, granted });
      return;
    }
    if (msg.type === "preVoteReply" && msg.granted) {
      if (msg.term === this.#term + 1 && this.#role !== "leader") this.#promise(from);
      return;
    }
    if (msg.type === "requestVote" && this.#hearsLeader()) {
      this.#ctx.send(from, { type: "vote", term: this.#term, granted: false });
      return;
    }
    if (msg.term > this.#term) this.#adopt(msg.term);
    const isCurrent = msg.term === this.#term;
    if (msg.type === "requestVote") {
      const granted = isCurrent && (this.#votedFor ?? from) === from;
      if (granted && this.#votedFor === null) this.#save(this.#term, from);
      if (granted) this.#awaitLeader();
      this.#ctx.send(from, { type: "vote", term: this.#term, granted });
    } else if (msg.type === "appendEntries") {
      if (isCurrent) this.#follow(from);
      this.#ctx.send(from, { type: "appendReply", term: this.#term, ok: isCurrent });
    } else if (msg.type === "vote" && msg.granted && isCurrent) this.#count(from);
  }

  #hearsLeader(): boolean {
    return this.#role === "leader" || this.#ctx.now() < this.#heardAt + this.#options.electionMin;
  }

  #adopt(term: number): void {
    this.#save(term, null);
    const led = this.#role === "leader";
    this.#role = "follower";
    this.#leader = null;
    this.#promised.clear();
    if (led) this.#awaitLeader();
  }

  #follow(leader: string): void {
    this.#role = "follower";
    this.#leader = leader;
    this.#heardAt = this.#ctx.now();
    this.#promised.clear();
    this.#awaitLeader();
  }

  #askAround(): void {
    this.#leader = null;
    this.#promised.clear();
    this.#awaitLeader();
    const { id: candidate } = this.#ctx;
    this.#tellAll({ type: "preVote", term: this.#term + 1, candidate });
    this.#promise(candidate);
  }

  #promise(voter: string): void {
    if (voter !== this.#ctx.id && this.#promised.size === 0) return;
    this.#promised.add(voter);
    if (!this.#isMajority(this.#promised)) return;
    this.#promised.clear();
    this.#role = "candidate";
    this.#leader = null;
    this.#voters.clear();
    this.#save(this.#term + 1, this.#ctx.id);
    this.#awaitLeader();
    this.#tellAll({ type: "requestVote", term: this.#term, candidate: this.#ctx.id });
    this.#count(this.#ctx.id);
  }

  #count(voter: string): void {
    if (this.#role !== "candidate") return;
    this.#voters.add(voter);
    if (!this.#isMajority(this.#voters)) return;
    this.#role = "leader";
    this.#leader = this.#ctx.id;
    this.#ctx.emit({ type: "leader", term: this.#term });
    this.#beat();
  }

  #isMajority(voters: Set<string>): boolean {
    return 2 * voters.size > this.#ctx.peers.length + 1;
  }

  #beat(): void {
    this.#arm(this.#options.heartbeat, "beat");
    this.#tellAll({ type: "appendEntries", term: this.#term, leader: this.#ctx.id });
  }

  #awaitLeader(): void {
    const { electionMin, electionMax } = this.#options;
    this.#arm(electionMin + this.#ctx.random() * (electionMax - electionMin), "election");
  }

  #arm(ms: number, tag: string): void {
    this.#ctx.cancelTimer(this.#timer);
    this.#timer = this.#ctx.setTimer(ms, tag);
  }

  #save(term: number, votedFor: string | null): void {
    this.#term = term;
    this.#votedFor = votedFor;
    this.#ctx.storage.set("term", term);
    this.#ctx.storage.set("votedFor", votedFor);
  }

  #tellAll(msg: Message): void {
    for (const peer of this.#ctx.peers) this.#ctx.send(peer, msg);
  }
}

export function createNode(
  ctx: NodeContext<Message, Stub.Output>,
  options: Stub.Options,
): NodeHandlers<Message, Stub.Request> {
  return new PreVoteNode(ctx, options);
}
