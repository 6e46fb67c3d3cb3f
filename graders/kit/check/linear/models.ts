import type { Model } from "../history.ts";

/** One register. A read that answers nothing is told by `output` undefined, as for any model. */
export type RegisterInput<Value> =
  | { readonly op: "read" }
  | { readonly op: "write"; readonly value: Value }
  | { readonly op: "cas"; readonly from: Value; readonly to: Value };

/**
 * A register that holds JSON values; `read` answers the value, `write` anything, and `cas` whether it
 * found `from`.
 */
export function register<Value>(
  initial: Value,
): Model<Value, RegisterInput<Value>, Value | boolean | null> {
  return {
    init: () => initial,
    step(state, input, output) {
      if (input.op === "read") return output === undefined || same(output, state) ? [state] : [];
      if (input.op === "write") return [input.value];
      const found = same(state, input.from);
      if (output !== undefined && output !== found) return [];
      return [found ? input.to : state];
    },
    key: (state) => JSON.stringify(state),
    isRead: (input, output) => input.op === "read" || (input.op === "cas" && output === false),
    describe(input, output) {
      const call =
        input.op === "read"
          ? "read"
          : input.op === "write"
            ? `write(${JSON.stringify(input.value)})`
            : `cas(${JSON.stringify(input.from)}, ${JSON.stringify(input.to)})`;
      const answers = output !== undefined && input.op !== "write";
      return answers ? `${call} -> ${JSON.stringify(output)}` : call;
    },
  };
}

/** Most values are plain, and compared millions of times. */
function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}

export type QueueInput<Value> =
  { readonly op: "enq"; readonly value: Value } | { readonly op: "deq" };

/** A first-in, first-out queue of JSON values; `deq` answers the oldest, or null when there is none. */
export function queue<Value>(): Model<readonly Value[], QueueInput<Value>, Value | null> {
  return {
    init: () => [],
    step(state, input, output) {
      if (input.op === "enq") return [[...state, input.value]];
      const oldest = state.length === 0 ? null : state[0]!;
      if (output !== undefined && !same(output, oldest)) return [];
      return [state.slice(1)];
    },
    key: (state) => JSON.stringify(state),
    isRead: (input, output) => input.op === "deq" && output === null,
    describe(input, output) {
      if (input.op === "enq") return `enq(${JSON.stringify(input.value)})`;
      return output === undefined ? "deq" : `deq -> ${JSON.stringify(output)}`;
    },
  };
}
