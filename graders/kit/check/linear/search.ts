import type { Model, Op } from "../history.ts";

/** Which operations may come next. Operations are numbers: their places in the list handed in. */
export interface Frontier {
  /** The candidate after `op`, or the first one after -1; -1 when there is none. */
  readonly next: (op: number) => number;
  /** Takes an operation as the next of the order. */
  readonly lift: (op: number) => void;
  /** Takes back the last lift. */
  readonly unlift: (op: number) => void;
  /** Names the set of lifted `ok` operations: equal sets, and only those, have equal names. */
  readonly key: () => string;
}

export interface Found {
  readonly verdict: "ok" | "violation" | "unknown";
  /** Calls of the model's `step`. */
  readonly steps: number;
  /** The order found, or a longest legal beginning that was tried. */
  readonly order: number[];
}

interface Choice<State> {
  readonly op: number;
  readonly state: State;
}

/** A set of operations that was ordered, the state it leads to, and how to go on. */
interface Place<State> {
  /** The operation that led here, -1 at the start. */
  readonly op: number;
  readonly choices: readonly Choice<State>[];
  tried: number;
}

/**
 * Looks for an order of all `ok` operations, and of any of the `info` ones, that the model can
 * answer: depth first on a stack of its own, and never twice into the same set of operations with
 * the same state (Wing and Gong 1993; Lowe 2017), nor into one that differs from an earlier one
 * only by `info` operations that were spent in addition: it can do nothing that the other could not.
 */
export function search<State, Input, Output>(
  ops: readonly Op<Input, Output>[],
  model: Model<State, Input, Output>,
  frontier: Frontier,
  maxSteps: number,
): Found {
  /** Where the search has been: the sets of `info` operations that were spent on the way there. */
  const been = new Map<string, bigint[]>();
  const isInfo = ops.map((op) => op.status === "info");
  let bits = 0;
  const bitOf = isInfo.map((info) => (info ? 1n << BigInt(bits++) : 0n));
  let spent = 0n;
  let missing = ops.filter((op) => op.status === "ok").length;
  let steps = 0;
  const path = new Int32Array(ops.length);
  const longest = { path: new Int32Array(ops.length), length: 0 };

  const choicesFrom = (state: State): Choice<State>[] => {
    const sure: Choice<State>[] = [];
    const doubtful: Choice<State>[] = [];
    for (let op = frontier.next(-1); op !== -1; op = frontier.next(op)) {
      const { input, output } = ops[op]!;
      const isRead = model.isRead?.(input, output) ?? false;
      if (isRead && isInfo[op]) continue;
      const after = model.step(state, input, output);
      steps += 1;
      // A read that is right already can as well come first.
      if (isRead && after.length > 0) return [{ op, state }];
      for (const next of after) (isInfo[op] ? doubtful : sure).push({ op, state: next });
    }
    return [...sure, ...doubtful];
  };

  /** Remembers where the search has been; false when it need not go there. */
  const isNew = (state: State): boolean => {
    const key = `${frontier.key()}|${model.key(state)}`;
    const before = been.get(key);
    if (before === undefined) been.set(key, [spent]);
    else if (before.some((less) => (less & spent) === less)) return false;
    else before.push(spent);
    return true;
  };
  const lift = (op: number): void => {
    frontier.lift(op);
    if (isInfo[op]) spent |= bitOf[op]!;
    else missing -= 1;
  };
  const unlift = (op: number): void => {
    frontier.unlift(op);
    if (isInfo[op]) spent ^= bitOf[op]!;
    else missing += 1;
  };

  const stack: Place<State>[] = [{ op: -1, choices: choicesFrom(model.init()), tried: 0 }];
  const stop = (verdict: Found["verdict"]): Found => {
    if (verdict === "ok") return { verdict, steps, order: [...path.subarray(0, stack.length - 1)] };
    remember();
    return { verdict, steps, order: [...longest.path.subarray(0, longest.length)] };
  };
  const remember = (): void => {
    if (stack.length - 1 <= longest.length) return;
    longest.length = stack.length - 1;
    longest.path.set(path.subarray(0, longest.length));
  };

  while (missing > 0) {
    if (steps >= maxSteps) return stop("unknown");
    const place = stack.at(-1)!;
    const choice = place.choices[place.tried];
    if (choice === undefined) {
      if (place.op === -1) return stop("violation");
      remember();
      stack.pop();
      unlift(place.op);
      continue;
    }
    place.tried += 1;
    lift(choice.op);
    if (isNew(choice.state)) {
      const choices = missing > 0 ? choicesFrom(choice.state) : [];
      path[stack.length - 1] = choice.op;
      stack.push({ op: choice.op, choices, tried: 0 });
    } else {
      unlift(choice.op);
    }
  }
  return stop("ok");
}
