import type { NodeContext, NodeHandlers } from "kata/kit";
import type {
  Answer,
  Options,
  Output,
  Request,
} from "../../../katas/consensus/leader-election/stub.ts";

type Message =
  /** "Is anybody above me up?" */
  | { type: "election" }
  /** "I am, and I find out who leads." */
  | { type: "alive" }
  /** "I lead": an announcement, and each heartbeat after it. */
  | { type: "leader" };

/*
 * Idea: the highest id that is up leads, so a node that misses its leader needs to ask only those above
 * it. Nobody answers within a round trip: it is the highest, and says so to all below. Somebody
 * answers: that node misses the leader too, soon, and elects; this one waits for the announcement, but
 * not for ever, since who has answered may die. All of it rests on the promise that a delivery takes at
 * most maxDelay: only then silence means death.
 *
 * Cost: nothing above the leader, n - 1 messages a heartbeat; an election at most n^2 messages.
 * Invariant: leader is null or an id >= its own. One timer runs at most: the beat of a leader, the
 * patience of a follower, or what an election waits for.
 */
class BullyNode implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, Output>;
  readonly #above: readonly string[];
  readonly #below: readonly string[];
  readonly #heartbeatEvery: number;
  /** Later than any answer can be. */
  readonly #roundTrip: number;
  #leader: string | null = null;
  /** What it has said last. */
  #told: string | null = null;
  #timer = -1;

  constructor(ctx: NodeContext<Message, Output>, { maxDelay, heartbeatEvery }: Options) {
    this.#ctx = ctx;
    this.#above = ctx.peers.filter((peer) => peer > ctx.id);
    this.#below = ctx.peers.filter((peer) => peer < ctx.id);
    this.#heartbeatEvery = heartbeatEvery;
    this.#roundTrip = 2 * maxDelay + 1;
  }

  onStart(): void {
    this.#elect();
  }

  onRequest(ticket: string): void {
    const answer: Answer = { leader: this.#leader };
    this.#ctx.reply(ticket, answer);
  }

  onTimer(tag: string): void {
    if (tag === "election") this.#elect();
    else this.#lead();
  }

  onMessage(from: string, { type }: Message): void {
    switch (type) {
      case "election":
        // Whether it leads, or elects as well: the announcement comes soon.
        return this.#ctx.send(from, { type: "alive" });
      case "alive":
        // It will announce a leader, unless it dies: a round trip to those above it, and the news.
        if (this.#leader === null) this.#arm(2 * this.#roundTrip, "election");
        return;
      case "leader":
        return this.#hear(from);
    }
  }

  #elect(): void {
    this.#leader = null;
    if (this.#above.length === 0) return this.#lead();
    this.#arm(this.#roundTrip, "lead");
    this.#tell(this.#above, { type: "election" });
  }

  /** Begins to lead, and goes on with it: the beat is an announcement. */
  #lead(): void {
    this.#follow(this.#ctx.id);
    this.#arm(this.#heartbeatEvery, "lead");
    this.#tell(this.#below, { type: "leader" });
  }

  #hear(from: string): void {
    // Sent before its sender knew of this node's leader. Nobody announces itself to those above it.
    if (from < (this.#leader ?? "")) return;
    this.#follow(from);
    this.#arm(this.#heartbeatEvery + this.#roundTrip, "election");
  }

  #follow(leader: string): void {
    this.#leader = leader;
    if (this.#told === leader) return;
    this.#told = leader;
    this.#ctx.emit({ type: "leader", leader });
  }

  #arm(ms: number, tag: string): void {
    this.#ctx.cancelTimer(this.#timer);
    this.#timer = this.#ctx.setTimer(ms, tag);
  }

  #tell(peers: readonly string[], msg: Message): void {
    for (const peer of peers) this.#ctx.send(peer, msg);
  }
}

export function createNode(
  ctx: NodeContext<Message, Output>,
  options: Options,
): NodeHandlers<Message, Request> {
  return new BullyNode(ctx, options);
}
