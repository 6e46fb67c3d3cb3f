/**
 * @bug Its hash sees the low 32 bits of a value only, so that 7 and 7 + 2^32 are the same to it.
 * @killedBy agreement
 */
import type { FreeFormat, NodeContext, NodeHandlers, NodeId } from "kata/kit";
import type {
  Options,
  Output,
  Request,
} from "../../../../katas/consensus/gossip-broadcast/stub.ts";

type Message = { type: "values"; values: number[] } | { type: "digest"; hash: number };

const ROUND_MS = 500;

class GossipNode implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, Output>;
  readonly #neighbours: readonly NodeId[];
  readonly #values = new Set<number>();
  #hash = 0;

  constructor(ctx: NodeContext<Message, Output>, { neighbours }: Options) {
    this.#ctx = ctx;
    this.#neighbours = neighbours[ctx.id] ?? [];
    for (const key of ctx.storage.keys()) this.#remember(Number(key));
  }

  onStart(): void {
    this.#ctx.setTimer(ROUND_MS, "round");
  }

  onTimer(): void {
    for (const neighbour of this.#neighbours) {
      this.#ctx.send(neighbour, { type: "digest", hash: this.#hash });
    }
    this.#ctx.setTimer(ROUND_MS, "round");
  }

  onRequest(ticket: string, request: Request): void {
    if (request.type === "read") {
      this.#ctx.reply(ticket, { values: [...this.#values].toSorted((a, b) => a - b) });
      return;
    }
    this.#learn([request.value]);
    this.#ctx.reply(ticket, { ok: true });
    this.#tell([request.value]);
  }

  onMessage(from: NodeId, message: Message): void {
    if (message.type === "values") this.#tell(this.#learn(message.values), from);
    else if (message.hash !== this.#hash) {
      this.#ctx.send(from, { type: "values", values: [...this.#values] });
    }
  }

  /** Stores and delivers what is new, in one block, and returns it. */
  #learn(values: readonly number[]): number[] {
    const fresh = values.filter((value) => !this.#values.has(value));
    for (const value of fresh) {
      this.#remember(value);
      this.#ctx.storage.set(String(value), true);
      this.#ctx.emit({ type: "deliver", value });
    }
    return fresh;
  }

  #tell(values: number[], except?: NodeId): void {
    if (values.length === 0) return;
    for (const neighbour of this.#neighbours) {
      if (neighbour !== except) this.#ctx.send(neighbour, { type: "values", values });
    }
  }

  /** A sum does not depend on the order in which values came. */
  #remember(value: number): void {
    this.#values.add(value);
    this.#hash = (this.#hash + scramble(value)) >>> 0;
  }
}

/** 32 bits in which each of the low 32 bits of an integer has a say. */
function scramble(value: number): number {
  let hash = Math.imul(value ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function createNode(
  ctx: NodeContext<FreeFormat, Output>,
  options: Options,
): NodeHandlers<FreeFormat, Request> {
  return new GossipNode(ctx, options);
}
