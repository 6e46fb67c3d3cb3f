import { cloneJson, copyJson } from "./copy-json.ts";
import type { CreateNode, Json, NodeId } from "./node.ts";
import { createContext, type Host } from "./node-context.ts";
import { NodeRuntime, type Effect } from "./node-runtime.ts";
import type { CrashPoint } from "./scenario.ts";

const MOST_ANSWERS = 10_000;

export interface WireOptions<Options> {
  /** Size of the cluster that the node believes in, 1 to 9. */
  readonly nodes: number;
  readonly options?: Options;
  /** Which node of the cluster it is; default 0. */
  readonly node?: number;
  /** Decides what `random` draws. */
  readonly seed?: number;
  /** Plays the peers: what one of them answers at once to a message, if anything. */
  readonly peers?: (msg: Json, peer: NodeId) => unknown;
}

/** A message that the node has sent. */
export interface WireMessage {
  readonly at: number;
  readonly to: NodeId;
  readonly msg: Json;
}

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly tag: string;
}

/**
 * One node on the bench: the spec plays its peers, its clients and its clock, message by message.
 *
 * @example
 * wire(createNode, { nodes: 3, options }).boot().recv("n1", ask).crash().boot().recv("n2", ask).sent
 */
export class Wire<Options = unknown> implements Host {
  readonly seed: number;
  readonly nodeIds: readonly NodeId[];
  /** What was sent since `takeSent`, by every boot, without what the node sent to itself. */
  readonly sent: WireMessage[] = [];
  readonly outputs: { readonly at: number; readonly boot: number; readonly out: Json }[] = [];
  readonly replies: { readonly at: number; readonly ticket: string; readonly value: Json }[] = [];
  now = 0;
  readonly #createNode: CreateNode<Options>;
  readonly #options: WireOptions<Options>;
  readonly #node: NodeRuntime;
  readonly #inbox: { from: NodeId; msg: Json }[] = [];
  readonly #answeredIn = new Map<string, number>();
  #timers: Timer[] = [];
  #lastTimer = 0;
  #deathAt: { readonly effect: CrashPoint; readonly count: number } | undefined;

  constructor(createNode: CreateNode<Options>, options: WireOptions<Options>) {
    this.#createNode = createNode;
    this.#options = options;
    this.seed = options.seed ?? 1;
    this.#node = new NodeRuntime(options.node ?? 0);
    this.nodeIds = Array.from({ length: options.nodes }, (_, index) => `n${index}`);
  }

  get id(): NodeId {
    return this.#node.id;
  }

  get isUp(): boolean {
    return this.#node.isUp;
  }

  /** Starts the node, the first time or after a crash. @throws HandlerError when it throws. */
  boot(): this {
    if (this.#node.isUp) throw new Error(`${this.id} is up already`);
    const error = this.#node.start(this.#createNode, this.#options.options, () => {
      return createContext(this.#node, this);
    });
    return this.#finish(error);
  }

  /** A message of a peer arrives; lost if the node is down. @throws HandlerError when it throws. */
  recv(from: NodeId, msg: unknown): this {
    this.#inbox.push({ from, msg: copyJson(msg, "recv: message").value });
    return this.#drain();
  }

  /** A client asks. Returns its ticket. @throws HandlerError when the node throws. */
  request(req: unknown): string {
    const ticket = `c0.${this.#answeredIn.size}`;
    this.#answeredIn.set(ticket, 0);
    if (!this.#node.isUp) return ticket;
    const { value } = copyJson(req, "request");
    const { handlers } = this.#node;
    const error = this.#node.call("onRequest", [ticket, value], () => {
      if (typeof handlers.onRequest !== "function") throw new TypeError("there is no onRequest");
      return handlers.onRequest(ticket, cloneJson(value));
    });
    this.#finish(error);
    return ticket;
  }

  /** A client asks; the answer, if it comes at once. @throws HandlerError when the node throws. */
  ask(req: unknown): Json | undefined {
    return this.answerTo(this.request(req));
  }

  answerTo(ticket: string): Json | undefined {
    return this.replies.find((reply) => reply.ticket === ticket)?.value;
  }

  /** Lets time pass: timers that fall due fire, the end included. @throws HandlerError */
  advance(ms: number): this {
    const end = this.now + ms;
    for (let fired = 0; ; fired += 1) {
      const next = this.#nextTimer();
      if (next === undefined || next.due > end) break;
      if (fired >= MOST_ANSWERS) throw new Error(`${fired} timers of ${this.id} in ${ms} ms`);
      this.#timers = this.#timers.filter(({ id }) => id !== next.id);
      this.now = next.due;
      this.#finish(
        this.#node.call("onTimer", [next.tag], () => this.#node.handlers.onTimer?.(next.tag)),
      );
    }
    this.now = end;
    return this;
  }

  /** Dies now. Memory and timers are gone; storage stays. */
  crash(): this {
    this.#node.die();
    this.#timers = [];
    this.#inbox.length = 0;
    this.#deathAt = undefined;
    return this;
  }

  /** Will die right after the nth effect of this kind from now on, 0 for the next. */
  crashOn(effect: CrashPoint, nth = 0): this {
    this.#deathAt = { effect, count: this.#node.count[effect] + nth };
    return this;
  }

  /** Hands over `sent` and empties it. */
  takeSent(): WireMessage[] {
    return this.sent.splice(0);
  }

  setTimer(_node: NodeRuntime, ms: number, tag: string): number {
    this.#lastTimer += 1;
    this.#timers.push({ id: this.#lastTimer, due: this.now + ms, tag });
    return this.#lastTimer;
  }

  cancelTimer(_node: NodeRuntime, timer: number): void {
    this.#timers = this.#timers.filter(({ id }) => id !== timer);
  }

  refuseReply({ boot }: NodeRuntime, ticket: string): string | undefined {
    const answeredIn = this.#answeredIn.get(ticket);
    if (answeredIn === undefined) return `there is no ticket ${JSON.stringify(ticket)}`;
    if (answeredIn === boot) return `the ticket ${ticket} has been answered already`;
    this.#answeredIn.set(ticket, boot);
    return undefined;
  }

  #nextTimer(): Timer | undefined {
    return this.#timers.toSorted((a, b) => a.due - b.due || a.id - b.id)[0];
  }

  #drain(): this {
    for (let delivered = 0; ; delivered += 1) {
      const next = this.#inbox.shift();
      if (next === undefined) return this;
      if (delivered >= MOST_ANSWERS) throw new Error(`${this.id} and its peers talk without end`);
      if (!this.#node.isUp || this.#dies("recv")) continue;
      const { from, msg } = next;
      const error = this.#node.call("onMessage", [from, msg], () => {
        return this.#node.handlers.onMessage?.(from, cloneJson(msg));
      });
      this.#flush(error);
    }
  }

  #finish(error: Error | undefined): this {
    this.#flush(error);
    return this.#drain();
  }

  #flush(error: Error | undefined): void {
    if (error !== undefined) throw error;
    this.#node.flush(
      (effect) => this.#apply(effect),
      (point) => this.#dies(point),
    );
  }

  #apply(effect: Effect): number {
    const { now: at } = this;
    switch (effect.kind) {
      case "send":
        this.#send(this.nodeIds[effect.to]!, effect.data);
        break;
      case "write":
        this.#node.storage.set(effect.key, effect.data);
        break;
      case "delete":
        this.#node.storage.delete(effect.key);
        break;
      case "emit":
        this.outputs.push({ at, boot: this.#node.boot, out: effect.data });
        break;
      case "reply":
        if (this.answerTo(effect.ticket) === undefined) {
          this.replies.push({ at, ticket: effect.ticket, value: effect.data });
        }
        break;
    }
    return 0;
  }

  #send(to: NodeId, msg: Json): void {
    if (to === this.id) {
      this.#inbox.push({ from: to, msg });
      return;
    }
    this.sent.push({ at: this.now, to, msg });
    const answer = this.#options.peers?.(cloneJson(msg), to);
    if (answer === undefined) return;
    this.#inbox.push({ from: to, msg: copyJson(answer, `the answer of ${to}`).value });
  }

  #dies(effect: CrashPoint): boolean {
    const count = this.#node.count[effect];
    this.#node.count[effect] = count + 1;
    if (this.#deathAt?.effect !== effect || this.#deathAt.count !== count) return false;
    this.crash();
    return true;
  }
}

/** Puts one node on the bench; it is down until `boot()`. */
export function wire<Options>(
  createNode: CreateNode<Options>,
  options: WireOptions<Options>,
): Wire<Options> {
  return new Wire(createNode, options);
}
