/** What travels, is stored or comes out of a node: plain JSON data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Nodes are `n0`, `n1`, ...; clients are `c0`, `c1`, ... */
export type NodeId = string;

/** A message whose format is left to the candidate; it must still be JSON data. */
// oxlint-disable-next-line typescript/no-explicit-any -- any type of the candidate's must fit here
export type FreeFormat = any;

/** All that a node may touch. Everything handed over is JSON data and is copied, never shared. */
export interface NodeContext<Msg = FreeFormat, Out = FreeFormat> {
  readonly id: NodeId;
  /** Every other node, ascending; never changes. */
  readonly peers: readonly NodeId[];
  /** The local clock in integer ms. It can be wrong, and jump, where a fault says so. */
  now(): number;
  /** A number in [0, 1), drawn afresh for each node and each boot. */
  random(): number;
  /** Sends and forgets. To itself: arrives after 0 ms, without faults. @throws RangeError for a node that does not exist. */
  send(to: NodeId, msg: Msg): void;
  /**
   * Calls `onTimer(tag)` once, after `ms` (rounded up to an integer) of true time. Dies with a crash.
   * @returns its number, for `cancelTimer`.
   * @throws RangeError unless 0 <= ms <= 3,600,000.
   */
  setTimer(ms: number, tag: string): number;
  /** No effect on a timer that is unknown or has fired. */
  cancelTimer(timer: number): void;
  /** Survives crashes; synchronous. */
  readonly storage: NodeStorage;
  /** Answers a client's request, now or later. @throws RangeError for a ticket that is not this node's, or answered already. */
  reply(ticket: string, value: Json): void;
  /** What the outside world sees of this node. */
  emit(out: Out): void;
}

export interface NodeStorage {
  /** A copy of the value, or undefined. */
  get<T = FreeFormat>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  /** In the order in which they were first set. */
  keys(): string[];
}

/** What a node does. Handlers are synchronous and run alone. */
export interface NodeHandlers<Msg = FreeFormat, Req = FreeFormat> {
  /** After each boot, the first included. */
  onStart?(): void;
  onMessage?(from: NodeId, msg: Msg): void;
  onTimer?(tag: string): void;
  /** A client asks; answer with `reply(ticket, ...)`. */
  onRequest?(ticket: string, req: Req): void;
}

/** Called at each boot; what it returns is gone with the next crash. */
export type CreateNode<Options = FreeFormat> = (ctx: NodeContext, options: Options) => NodeHandlers;
