import type { Op } from "../check/history.ts";
import type { Json, NodeId } from "./node.ts";
import type { PlannedOp } from "./scenario.ts";

/** One operation of a client, as the client saw it. */
export interface ClientOp<Req = Json, Reply = Json> extends Op<Req, Reply> {
  readonly client: number;
  readonly node: NodeId;
  /** True time, in ms; `returnedAt` is Infinity when nothing came back. */
  readonly calledAt: number;
  readonly returnedAt: number;
  /** Why it is not `ok`: `unreachable`, `timed out`, `unanswered` (when the run ended), or the error it was told. */
  readonly reason?: string;
  /** An answer that says nothing certain: an error. */
  readonly told?: Reply;
}

/** What a client does next, given what it has done; null ends it. Pure. */
export type ClientScript<Req = Json> = (
  client: number,
  past: readonly ClientOp<Req>[],
  random: () => number,
) => { readonly node: number; readonly req: Req; readonly afterMs?: number } | null;

type Draft = { -readonly [Key in keyof ClientOp]: ClientOp[Key] };

/** A client: one operation at a time. */
export class Client {
  readonly index: number;
  readonly past: ClientOp[] = [];
  open: { readonly op: Draft; readonly ticket: string } | undefined;
  draws = 0;
  readonly #ops: PlannedOp[];
  #next = 0;
  #process = 0;

  constructor(index: number, ops: PlannedOp[]) {
    this.index = index;
    this.#ops = ops;
  }

  get id(): string {
    return `c${this.index}`;
  }

  /** The operation that comes next in its list. */
  takePlanned(): PlannedOp | undefined {
    const op = this.#ops[this.#next];
    this.#next += 1;
    return op;
  }

  begin(id: number, node: NodeId, input: Json, call: number, at: number): ClientOp {
    const process = this.#process === 0 ? this.id : `${this.id}/${this.#process}`;
    const op: Draft = {
      id,
      process,
      input,
      call,
      ret: Infinity,
      status: "info",
      client: this.index,
      node,
      calledAt: at,
      returnedAt: Infinity,
      reason: "unanswered",
    };
    this.open = { op, ticket: `${this.id}.${this.past.length}` };
    this.past.push(op);
    return op;
  }

  /** The open operation has come to an end; one that nobody is sure of ends its process. */
  end(status: "ok" | "fail" | "info", ret: number, at: number, told?: Json, reason?: string): void {
    const op = this.open?.op;
    this.open = undefined;
    if (op === undefined) return;
    op.status = status;
    if (status !== "info") {
      op.ret = ret;
      op.returnedAt = at;
    } else this.#process += 1;
    if (status === "ok" && told !== undefined) op.output = told;
    else if (told !== undefined) op.told = told;
    if (reason === undefined) delete op.reason;
    else op.reason = reason;
  }
}
