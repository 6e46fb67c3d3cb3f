/**
 * @bug Spreads a value once it has been answered; one whose answer a crash prevented stays on its node.
 * @killedBy agreement
 */
import type { FreeFormat, NodeContext, NodeHandlers, NodeId } from "kata/kit";
import type {
  Options,
  Output,
  Request,
} from "../../../../katas/consensus/gossip-broadcast/stub.ts";

type Message = { type: "tell"; values: number[] } | { type: "confirm"; values: number[] };

const RETRY_MS = 500;

/** Storage holds, for each value, the neighbours that know it. */
class RetryingNode implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, Output>;
  readonly #neighbours: readonly NodeId[];

  constructor(ctx: NodeContext<Message, Output>, { neighbours }: Options) {
    this.#ctx = ctx;
    this.#neighbours = neighbours[ctx.id] ?? [];
  }

  onStart(): void {
    this.#ctx.setTimer(RETRY_MS, "retry");
  }

  onTimer(): void {
    for (const neighbour of this.#neighbours) {
      const open = this.#ctx.storage
        .keys()
        .filter((key) => !this.#ctx.storage.get<NodeId[]>(key)?.includes(neighbour));
      if (open.length > 0) this.#ctx.send(neighbour, { type: "tell", values: open.map(Number) });
    }
    this.#ctx.setTimer(RETRY_MS, "retry");
  }

  onRequest(ticket: string, request: Request): void {
    if (request.type === "read") {
      const values = this.#ctx.storage.keys().map(Number);
      this.#ctx.reply(ticket, { values: values.toSorted((a, b) => a - b) });
      return;
    }
    this.#learn([request.value], [...this.#neighbours]);
    this.#ctx.reply(ticket, { ok: true });
    this.#ctx.storage.set(String(request.value), []);
    this.#tell([request.value]);
  }

  onMessage(from: NodeId, { type, values }: Message): void {
    if (type === "tell") {
      const fresh = this.#learn(values);
      this.#confirmedBy(from, values);
      this.#ctx.send(from, { type: "confirm", values });
      this.#tell(fresh, from);
    } else {
      this.#confirmedBy(from, values);
    }
  }

  #learn(values: readonly number[], knowing: readonly NodeId[] = []): number[] {
    const fresh = values.filter((value) => this.#ctx.storage.get(String(value)) === undefined);
    for (const value of fresh) {
      this.#ctx.storage.set(String(value), knowing);
      this.#ctx.emit({ type: "deliver", value });
    }
    return fresh;
  }

  #confirmedBy(neighbour: NodeId, values: readonly number[]): void {
    for (const value of values) {
      const knowing = this.#ctx.storage.get<NodeId[]>(String(value)) ?? [];
      if (knowing.includes(neighbour)) continue;
      this.#ctx.storage.set(String(value), [...knowing, neighbour]);
    }
  }

  #tell(values: number[], except?: NodeId): void {
    if (values.length === 0) return;
    for (const neighbour of this.#neighbours) {
      if (neighbour !== except) this.#ctx.send(neighbour, { type: "tell", values });
    }
  }
}

export function createNode(
  ctx: NodeContext<FreeFormat, Output>,
  options: Options,
): NodeHandlers<FreeFormat, Request> {
  return new RetryingNode(ctx, options);
}
