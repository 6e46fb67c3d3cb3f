/** Objects, histories and a slow judge. */
import fc from "fast-check";
import { verbatim, type Verbatim } from "kata/harness";
import type { Model, Operation } from "../../katas/consensus/linearizability-checker/stub.ts";

/** What is called, on which key, with which value; answers are values, or null for "nothing". */
export interface Input {
  readonly call: string;
  readonly key: string;
  readonly value: number;
}
export type Output = number | boolean | null;
export type Op = Operation<Input, Output>;
export type ObjectModel<State> = Model<State, Input, Output>;
/** A history as it is handed to the subject; a failure shows it as lines of text. */
export interface History extends Verbatim {
  readonly ops: readonly Op[];
  readonly kind: Kind;
}

export type Kind = "register" | "counter" | "queue" | "set" | "mutex";
export const KINDS: readonly Kind[] = ["register", "counter", "queue", "set", "mutex"];

/** Contents of an object. 0, "" and the like are states as good as any. */
export type State = number | string;
/** Null: it cannot be called now, and whoever tries has to wait. */
type Apply = (state: State, input: Input) => readonly [after: State, answer: Output] | null;

const APPLY: { readonly [K in Kind]: Apply } = {
  register: (state, { call, value }) => (call === "write" ? [value, null] : [state, Number(state)]),
  counter: (state, { call, value }) =>
    call === "add" ? [Number(state) + value, null] : [state, Number(state)],
  queue: (state, { call, value }) => {
    const digits = String(state);
    if (call === "enq") return [digits + value, null];
    return [digits.slice(1), digits === "" ? null : Number(digits[0])];
  },
  set: (state, { call, value }) => {
    const has = (Number(state) & (1 << value)) !== 0;
    return call === "insert" ? [Number(state) | (1 << value), !has] : [state, has];
  },
  mutex: (state, { call }) =>
    (call === "lock") === (state === 0) ? [1 - Number(state), null] : null,
};

/** One object without partitions, whatever the keys of its inputs are. */
export function modelOf(kind: Kind): ObjectModel<State> {
  return {
    init: () => (kind === "queue" ? "" : 0),
    step(state, input, output) {
      const [after, answer] = APPLY[kind](state, input) ?? [null, null];
      return output === undefined || output === answer ? after : null;
    },
    key: (state) => `${state}`,
  };
}

/** One object of its own for every key. The whole is a partition, or, if asked for, each key is. */
export function keyedModelOf(
  kind: Kind,
  isPartitioned: boolean,
): ObjectModel<ReadonlyMap<string, State>> {
  const one = modelOf(kind);
  return {
    init: () => new Map(),
    step(state, input, output) {
      const after = one.step(state.get(input.key) ?? one.init(), input, output);
      return after === null ? null : new Map(state).set(input.key, after);
    },
    key: (state) =>
      JSON.stringify(
        [...state].filter(([, value]) => value !== one.init()).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ...(isPartitioned && { partition: ({ key }: Input) => key }),
  };
}

/** All orders of all subsets: up to 7 operations. */
export function bruteForce<State>(ops: readonly Op[], model: ObjectModel<State>): boolean {
  const go = (left: readonly Op[], state: State): boolean =>
    left.every(({ status }) => status === "info") ||
    left.some((op) => {
      const others = left.filter((other) => other !== op);
      if (others.some((other) => other.ret < op.call)) return false;
      const after = model.step(state, op.input, op.output);
      return after !== null && go(others, after);
    });
  return go(ops, model.init());
}

/** Why a list of places is no order of the history, as far as it goes. */
export function faultOfOrder<State>(
  order: unknown,
  ops: readonly Op[],
  model: ObjectModel<State>,
  isWhole: boolean,
  among: (op: Op) => boolean = () => true,
): string | undefined {
  if (!Array.isArray(order)) return "it is no array";
  const taken = new Set<number>();
  let state = model.init();
  for (const place of order as unknown[]) {
    if (typeof place !== "number" || !(place in ops)) return `${String(place)} is no place`;
    const op = ops[place]!;
    const name = `${place} (${describe(op)})`;
    if (taken.has(place)) return `${name} is there twice`;
    if (!among(op)) return `${name} is of another partition`;
    const skipped = ops.findIndex(
      (other, i) => other.ret < op.call && !taken.has(i) && among(other),
    );
    if (skipped !== -1) return `${name} comes before ${skipped}, which had returned by then`;
    const after = model.step(state, op.input, op.output);
    if (after === null) return `${name} cannot be answered so there`;
    state = after;
    taken.add(place);
  }
  const left = ops.flatMap((op, i) =>
    op.status === "ok" && !taken.has(i) && among(op) ? [i] : [],
  );
  if (isWhole) return left.length === 0 ? undefined : `${left[0]} is missing`;
  const next = left.find(
    (i) =>
      left.every((other) => ops[other]!.ret > ops[i]!.call) &&
      model.step(state, ops[i]!.input, ops[i]!.output) !== null,
  );
  return next === undefined ? undefined : `${next} (${describe(ops[next]!)}) could come next`;
}

export function describe({ input, output, status }: Op): string {
  const { call, key, value } = input;
  const isAsking = /read|get|deq|lock/.test(call);
  const args = [...(key === "" ? [] : [JSON.stringify(key)]), ...(isAsking ? [] : [value])];
  const isSilent = output === undefined || (output === null && call !== "deq");
  const answer = status === "info" ? " ?" : isSilent ? "" : ` -> ${output}`;
  return `${call}(${args.join(", ")})${answer}`;
}

/** A history with a text for the reader: who, what, and the events of call and return. */
export function historyOf(kind: Kind, ops: readonly Op[]): History {
  const line = (op: Op, place: number): string =>
    `${place}: ${op.process} ${describe(op)} [${op.call}, ${op.ret === Infinity ? "…" : op.ret}]`;
  return { ...verbatim(`${kind}, ${ops.map(line).join("; ") || "no operations"}`), ops, kind };
}

export const CALLS: { readonly [K in Kind]: readonly string[] } = {
  register: ["write", "read"],
  counter: ["add", "get"],
  queue: ["enq", "deq"],
  set: ["insert", "has"],
  mutex: ["lock", "unlock"],
};

/** One move of a process: it calls, or its operation takes effect, or it returns, in turn. */
interface Move {
  readonly process: number;
  readonly isRead: boolean;
  readonly value: number;
  readonly key: string;
  /** How an operation ends that gets no answer: its effect comes before that, after it, or never. */
  readonly fate: "answered" | "done" | "late" | "never";
  /** What a liar answers, if liars are wanted. */
  readonly lie: number;
}

export interface Shape {
  readonly most: number;
  readonly processes: number;
  readonly info: number;
  readonly values: number;
  readonly keys?: readonly string[];
  /** How many of 7 operations get no answer, as long as `info` allows; default 1. */
  readonly lost?: number;
}

const FATES = ["done", "late", "never"] as const;

function moves({ most, processes, values, keys = [""], lost = 1 }: Shape): fc.Arbitrary<Move[]> {
  const fate = fc.oneof(
    { weight: 7 - lost, arbitrary: fc.constant("answered" as const) },
    { weight: lost, arbitrary: fc.constantFrom(...FATES) },
  );
  const move = fc.record({
    process: fc.nat(processes - 1),
    isRead: fc.boolean(),
    value: fc.integer({ min: 1, max: values }),
    key: fc.constantFrom(...keys),
    fate,
    lie: fc.nat(values),
  });
  return fc.array(move, { minLength: 1, maxLength: 3 * most, size: "max" });
}

/**
 * What processes see of a real object: each operation takes effect at one instant of its own. With
 * `isLying`, answers are made up instead. Places in the history are shuffled by `order`.
 */
function play(kind: Kind, all: readonly Move[], shape: Shape, isLying: boolean): Op[] {
  const states = new Map<string, State>();
  const ops: Op[] = [];
  const open = new Map<number, { place: number; move: Move; answer?: Output; isDone: boolean }>();
  const late: number[] = [];
  let infos = 0;
  const takeEffect = (input: Input): Output => {
    const before = states.get(input.key) ?? (kind === "queue" ? "" : 0);
    const [after, answer] = APPLY[kind](before, input) ?? [before, null];
    states.set(input.key, after);
    return answer;
  };
  const advance = (move: Move, event: number): void => {
    const own = open.get(move.process);
    const name = `p${move.process}`;
    if (own === undefined) {
      const overdue = late.shift();
      if (overdue !== undefined) takeEffect(ops[overdue]!.input);
      if (ops.length === shape.most) return;
      const [write, read] = CALLS[kind] as [string, string];
      const input = { call: move.isRead ? read : write, key: move.key, value: move.value };
      open.set(move.process, { place: ops.length, move, isDone: false });
      ops.push({ process: name, input, call: event, ret: Infinity, status: "info" });
      return;
    }
    const { place, isDone } = own;
    const { input, call } = ops[place]!;
    const isLost = own.move.fate !== "answered" && infos < shape.info;
    if (isLost && (isDone || own.move.fate !== "done")) {
      infos += 1;
      open.delete(move.process);
      if (own.move.fate === "late") late.push(place);
    } else if (!isDone) {
      own.answer = takeEffect(input);
      own.isDone = true;
    } else {
      const output = isLying ? lieOf(kind, input, own.move.lie) : own.answer!;
      ops[place] = { process: name, input, output, call, ret: event, status: "ok" };
      open.delete(move.process);
    }
  };
  all.forEach(advance);
  for (let event = all.length; open.size > 0;) {
    for (const { move } of open.values()) advance(move, event++);
  }
  return ops;
}

/** An answer of the right sort, true or not. */
function lieOf(kind: Kind, { call }: Input, lie: number): Output {
  if (call === CALLS[kind][0] && kind !== "set") return null;
  if (kind === "mutex") return null;
  if (kind === "set") return lie % 2 === 0;
  return kind === "queue" && lie === 0 ? null : lie;
}

/** What no processes could have recorded: how one operation becomes so, if it can, beside another. */
const FAULT_OF = {
  "call is NaN": () => ({ call: Number.NaN }),
  "call is -Infinity": () => ({ call: -Infinity }),
  "ret is NaN": () => ({ ret: Number.NaN }),
  "ret is before call": (one) => one.status === "ok" && { ret: one.call - 0.5 },
  "ret is call": (one) => one.status === "ok" && { ret: one.call },
  "an ok that never returns": (one) => one.status === "ok" && { ret: Infinity },
  "an info that returns": (one) => one.status === "info" && { ret: one.call + 0.5 },
  "two calls at one event": (one, other) =>
    one !== other && other.call < one.ret && { call: other.call },
  "a return at the event of a call": (one, other) =>
    one.status === "ok" && one.call < other.call && { ret: other.call },
  "a process that calls while its ok operation is open": (one, other) =>
    one.call > other.call &&
    one.call < other.ret &&
    other.status === "ok" && { process: other.process },
} satisfies Record<string, (one: Op, other: Op) => Partial<Op> | false>;
export type Fault = keyof typeof FAULT_OF;
export const FAULTS = Object.keys(FAULT_OF) as Fault[];

/** Plants a fault in one operation; false when it is not of the kind that can have it. */
export function plant(fault: Fault, ops: Op[], place: number): boolean {
  const [at, next] = [place % ops.length, (place + 1) % ops.length];
  const change = FAULT_OF[fault](ops[at]!, ops[next]!);
  if (change !== false) ops[at] = { ...ops[at]!, ...change };
  return change !== false;
}

/** Histories of one kind of object, their operations in any order. */
export function histories(kind: Kind, shape: Shape, isLying: boolean): fc.Arbitrary<History> {
  return fc
    .tuple(moves(shape), fc.array(fc.nat(shape.most), { maxLength: 8 }))
    .map(([all, swaps]) => {
      const ops = play(kind, all, shape, isLying);
      swaps.forEach((to, from) => {
        if (from >= ops.length || to >= ops.length) return;
        [ops[from], ops[to]] = [ops[to]!, ops[from]!];
      });
      return historyOf(kind, ops);
    });
}
