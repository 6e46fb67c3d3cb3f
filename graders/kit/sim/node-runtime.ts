import { HandlerError, describeCall } from "./handler-error.ts";
import type { CreateNode, Json, NodeContext, NodeHandlers, NodeId } from "./node.ts";
import type { CrashPoint } from "./scenario.ts";

/** Stands in the overlay for a key that a handler has deleted. */
export const GONE = Symbol("deleted");

/** What a handler has done, in order; it happens when the handler has returned. */
export type Effect =
  | { readonly kind: "send"; readonly to: number; readonly data: Json; readonly size: number }
  | { readonly kind: "write"; readonly key: string; readonly data: Json }
  | { readonly kind: "delete"; readonly key: string }
  | { readonly kind: "emit"; readonly data: Json }
  | { readonly kind: "reply"; readonly ticket: string; readonly data: Json };

let running = 0;

/** Whether a handler of some node runs right now: there, time and chance come from ctx alone. */
export function isHandlerRunning(): boolean {
  return running > 0;
}

let watch: ((call: string) => void) | undefined;

/** Tells of each handler before it runs, with its arguments: the last one told is the one that loops. */
export function watchHandlers(tell: (call: string) => void): void {
  watch = tell;
}

/** One node over all its boots. */
export class NodeRuntime {
  readonly index: number;
  readonly id: NodeId;
  readonly storage = new Map<string, Json>();
  /** Writes of the handler that runs: it sees them, nobody else does yet. */
  readonly overlay = new Map<string, Json | typeof GONE>();
  /** Effects since the start of the run, by kind: where `crashOn` strikes. */
  readonly count: Record<CrashPoint, number> = { send: 0, commit: 0, reply: 0, recv: 0 };
  blocks = 0;
  boot = 0;
  isUp = false;
  isPaused = false;
  skewMs = 0;
  ppm = 0;
  handlers: NodeHandlers = {};
  effects: Effect[] = [];
  isRunning = false;
  /** What its context has refused. */
  refusal: Error | undefined;
  draws = 0;
  /** Bytes sent by the handler that runs. */
  burst = 0;

  constructor(index: number) {
    this.index = index;
    this.id = `n${index}`;
  }

  /** Comes up anew: createNode, then onStart. Returns the error that ends the run. */
  start(
    createNode: CreateNode,
    options: unknown,
    createContext: () => NodeContext,
  ): Error | undefined {
    this.boot += 1;
    this.isUp = true;
    this.isPaused = false;
    this.draws = 0;
    this.effects = [];
    this.#forget();
    return this.call("onStart", [], () => {
      if (typeof createNode !== "function") throw new TypeError("createNode is not a function");
      const handlers: unknown = createNode(createContext(), options);
      if (typeof handlers !== "object" || handlers === null || isPromise(handlers)) {
        throw new TypeError("createNode must return an object of handlers");
      }
      this.handlers = handlers as NodeHandlers;
      return this.handlers.onStart?.();
    });
  }

  /** Runs one handler, which fills `effects`. Returns the error that ends the run. */
  call(handler: string, args: readonly unknown[], body: () => unknown): Error | undefined {
    watch?.(describeCall(this.id, handler, ...args));
    this.isRunning = true;
    running += 1;
    try {
      const result = body();
      if (isPromise(result)) {
        Promise.resolve(result).catch(() => undefined);
        throw new TypeError("handlers are synchronous, but it returned a promise");
      }
      // A refusal counts, also when the node has caught it.
      if (this.refusal !== undefined) throw this.refusal;
      return undefined;
    } catch (error) {
      return new HandlerError(describeCall(this.id, handler, ...args), this.refusal ?? error);
    } finally {
      running -= 1;
      this.isRunning = false;
    }
  }

  /**
   * Lets the effects of the last handler happen, in order. `ends` is asked at the end of each block
   * whether the node dies there: then the rest never happens.
   */
  flush(
    apply: (effect: Effect) => number,
    ends: (point: CrashPoint, event: number) => boolean,
  ): void {
    const { effects } = this;
    if (effects.length > 0) this.effects = [];
    this.#forget();
    for (let i = 0; i < effects.length; i += 1) {
      const effect = effects[i]!;
      const event = apply(effect);
      const point = blockOf(effect);
      const next = effects[i + 1];
      // Neighbouring writes and outputs are one block.
      if (point === "commit" && next !== undefined && blockOf(next) === "commit") continue;
      if (ends(point, event)) return;
    }
  }

  die(): void {
    this.isUp = false;
    this.isPaused = false;
    this.effects = [];
    this.#forget();
  }

  #forget(): void {
    if (this.overlay.size > 0) this.overlay.clear();
    this.burst = 0;
  }
}

function blockOf({ kind }: Effect): CrashPoint {
  return kind === "send" || kind === "reply" ? kind : "commit";
}

function isPromise(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
