/**
 * @bug Calls an election soon after each word of its leader, though nothing is amiss.
 * @killedBy answers-agree
 */
import type { NodeContext, NodeHandlers } from "kata/kit";
import type {
  Answer,
  Options,
  Output,
  Request,
} from "../../../../katas/consensus/leader-election/stub.ts";

type Message =
  /** "Is anybody above me up?" */
  | { type: "election" }
  /** "I am, and I find out who leads." */
  | { type: "alive" }
  /** "I lead": an announcement, and each heartbeat after it. */
  | { type: "leader" };

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
        return this.#answer(from);
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

  /** Who leads says so. Anyone else has an election or a patience of its own that runs. */
  #answer(candidate: string): void {
    const leads = this.#leader === this.#ctx.id;
    this.#ctx.send(candidate, { type: leads ? "leader" : "alive" });
  }

  /** Begins to lead, and goes on with it: the beat is an announcement. */
  #lead(): void {
    this.#follow(this.#ctx.id);
    this.#arm(this.#heartbeatEvery, "lead");
    this.#tell(this.#below, { type: "leader" });
  }

  #hear(from: string): void {
    // A lower one was sent before its sender knew of this node, or of its leader.
    if (from < (this.#leader ?? this.#ctx.id)) return;
    this.#follow(from);
    this.#arm(10, "election");
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
