/**
 * @bug Leads as soon as it misses its leader, and lets a higher one say otherwise.
 * @killedBy never-lower
 */
import type { NodeContext, NodeHandlers } from "kata/kit";
import type {
  Answer,
  Options,
  Output,
  Request,
} from "../../../../katas/consensus/leader-election/stub.ts";

/** "I lead": an announcement, and each heartbeat after it. */
type Message = { type: "leader" };

class BullyNode implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, Output>;
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
    if (type === "leader") this.#hear(from);
  }

  #elect(): void {
    this.#leader = null;
    this.#lead();
  }

  /** Begins to lead, and goes on with it: the beat is an announcement. */
  #lead(): void {
    this.#follow(this.#ctx.id);
    this.#arm(this.#heartbeatEvery, "lead");
    this.#tell(this.#below, { type: "leader" });
  }

  #hear(from: string): void {
    // Sent before its sender knew of this node's leader. Nobody announces itself to those above it.
    if (this.#leader !== null && from < this.#leader) return;
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
