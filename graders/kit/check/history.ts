/** What the checkers read: histories of operations, and the outputs of nodes. */

/** One operation of a client. `call` and `ret` are event numbers: no two in a history are equal. */
export interface Op<Input = unknown, Output = unknown> {
  readonly id: number;
  /** Who called. A client whose operation is `info` goes on under a new process name. */
  readonly process: string;
  readonly input: Input;
  /** What came back; absent when the status is `info`. */
  readonly output?: Output;
  readonly call: number;
  /** `Infinity` when the status is `info`. */
  readonly ret: number;
  /**
   * `ok`: took effect once, between call and ret. `fail`: certainly took no effect. `info`: nobody
   * knows; it may take effect once at any time after its call, or never.
   */
  readonly status: "ok" | "fail" | "info";
}

/** The sequential object that a history is compared with. */
export interface Model<State, Input, Output> {
  readonly init: () => State;
  /**
   * The states that `input` may lead to when it answers `output`: none when it cannot answer so,
   * several when the object may choose. `output` undefined means that any answer will do. Pure.
   */
  readonly step: (state: State, input: Input, output: Output | undefined) => readonly State[];
  /** Equal states, and only those, have equal keys. */
  readonly key: (state: State) => string;
  /** True for what changes no state whatever: it need not be tried at more than one place. */
  readonly isRead?: (input: Input, output: Output | undefined) => boolean;
  /** How operations are told in an explanation: `write(1)`, `read -> 1`. */
  readonly describe?: (input: Input, output: Output | undefined) => string;
}

/** One output of a node, as a simulation records it. */
export interface Output<Out = unknown> {
  readonly node: string;
  /** Which start of the node it belongs to, from 1. */
  readonly boot: number;
  readonly out: Out;
  /** Number of the event that made it. */
  readonly index: number;
}

/** A rule on outputs, judged while they come. */
export interface OutputRule<Out = unknown> {
  readonly name: string;
  /** Begins one run. What it returns is called with each output; a string says what is broken. */
  readonly start: () => (output: Output<Out>) => string | undefined;
}

/**
 * Refuses what no client could have recorded: event numbers that are NaN or used twice, a return
 * before its call, an `ok` or `fail` that never returned, an `info` that did, and a process that
 * calls while an operation of its own, other than an `info`, is still open.
 * @throws RangeError that names the operation.
 */
export function assertHistory(history: readonly Op[]): void {
  const ids = new Set<number>();
  const byProcess = new Map<string, Op[]>();
  for (const op of history) {
    if (ids.has(op.id)) throw new RangeError(`the id ${op.id} is used twice`);
    ids.add(op.id);
    assertTimes(op);
    const own = byProcess.get(op.process);
    if (own === undefined) byProcess.set(op.process, [op]);
    else own.push(op);
  }
  assertDistinct(history);
  for (const [process, own] of byProcess) assertSequential(process, own);
}

function assertTimes(op: Op): void {
  const { call, ret, status } = op;
  if (!Number.isFinite(call)) throw new RangeError(`${name(op)}: call is ${call}`);
  if (!(call < ret)) throw new RangeError(`${name(op)}: call ${call} is not before ret ${ret}`);
  if (status === "info" && ret !== Infinity) {
    throw new RangeError(`${name(op)} is "info" and returns at ${ret}, not at Infinity`);
  }
  if (status !== "info" && ret === Infinity) {
    throw new RangeError(`${name(op)} is "${status}" and never returns`);
  }
}

function assertDistinct(history: readonly Op[]): void {
  const events = new Float64Array(2 * history.length);
  history.forEach(({ call, ret }, i) => events.set([call, ret], 2 * i));
  events.sort();
  const twice = events.find((event, i) => event === events[i + 1] && event !== Infinity);
  if (twice === undefined) return;
  const names = history.filter((op) => op.call === twice || op.ret === twice).map(name);
  throw new RangeError(`event ${twice} belongs to ${names.join(" and to ")}`);
}

function assertSequential(process: string, own: Op[]): void {
  own.sort((a, b) => a.call - b.call);
  let open: Op | undefined;
  for (const op of own) {
    if (open !== undefined && op.call < open.ret) {
      throw new RangeError(`${process} calls ${name(op)} while ${name(open)} is open`);
    }
    if (op.status !== "info") open = op;
  }
}

function name(op: Op): string {
  return `operation ${op.id}`;
}
