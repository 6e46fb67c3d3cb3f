/** @design Followers ask, leaders only answer: a roll call of all finds the highest, pings watch it. */
import type { NodeContext, NodeHandlers } from "kata/kit";
import type * as Stub from "../../../../katas/consensus/leader-election/stub.ts";

type Message = { type: "ping"; call: number } | { type: "pong"; call: number };

class RollCallNode implements NodeHandlers<Message, Stub.Request> {
  readonly #ctx: NodeContext<Message, Stub.Output>;
  readonly #options: Stub.Options;
  #leader: string | null = null;
  #told: string | null = null;
  #call = 0;
  #present: string[] = [];

  constructor(ctx: NodeContext<Message, Stub.Output>, options: Stub.Options) {
    this.#ctx = ctx;
    this.#options = options;
  }

  onStart(): void {
    this.#callTheRoll();
  }

  onRequest(ticket: string): void {
    this.#ctx.reply(ticket, { leader: this.#leader });
  }

  onMessage(from: string, { type, call }: Message): void {
    if (type === "pong") {
      if (call === this.#call) this.#present.push(from);
      return;
    }
    this.#ctx.send(from, { type: "pong", call });
    // Whoever asks is up; one that is higher than this node's leader has come back.
    if (this.#leader === null) this.#present.push(from);
    else if (from > this.#leader) this.#follow(from);
  }

  onTimer(tag: string): void {
    if (tag === `count ${this.#call}`) this.#count();
    else if (tag === `watch ${this.#call}`) this.#watch();
  }

  #callTheRoll(): void {
    this.#leader = null;
    this.#ask(this.#ctx.peers);
  }

  #watch(): void {
    if (this.#leader !== null) this.#ask([this.#leader]);
  }

  #ask(peers: readonly string[]): void {
    this.#call += 1;
    this.#present = [];
    for (const peer of peers) this.#ctx.send(peer, { type: "ping", call: this.#call });
    this.#ctx.setTimer(2 * this.#options.maxDelay + 1, `count ${this.#call}`);
  }

  /** All that are up have answered by now. */
  #count(): void {
    const { id } = this.#ctx;
    if (this.#leader !== null && !this.#present.includes(this.#leader)) return this.#callTheRoll();
    const highest = this.#present.reduce((one, other) => (one > other ? one : other), id);
    this.#follow(this.#leader ?? highest);
  }

  #follow(leader: string): void {
    this.#leader = leader;
    this.#call += 1;
    if (this.#told !== leader) this.#ctx.emit({ type: "leader", leader });
    this.#told = leader;
    if (leader === this.#ctx.id) return;
    this.#ctx.setTimer(this.#options.heartbeatEvery, `watch ${this.#call}`);
  }
}

export function createNode(
  ctx: NodeContext<Message, Stub.Output>,
  options: Stub.Options,
): NodeHandlers<Message, Stub.Request> {
  return new RollCallNode(ctx, options);
}
