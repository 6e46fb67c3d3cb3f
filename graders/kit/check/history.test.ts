import { expect, test } from "vitest";
import { assertHistory, type Op } from "./history.ts";

const op = (id: number, call: number, ret: number, more: Partial<Op> = {}): Op => ({
  id,
  process: "c0",
  input: null,
  call,
  ret,
  status: ret === Infinity ? "info" : "ok",
  ...more,
});

test.each<[string, Op[], string]>([
  ["NaN", [op(0, Number.NaN, 2)], "operation 0: call is NaN"],
  ["a return at its call", [op(0, 2, 2)], "call 2 is not before ret 2"],
  ["ret NaN", [op(0, 2, Number.NaN)], "call 2 is not before ret NaN"],
  ["an ok that never returns", [op(0, 1, Infinity, { status: "ok" })], 'is "ok" and never'],
  ["an info that returns", [op(0, 1, 2, { status: "info" })], "returns at 2, not at Infinity"],
  ["an event used twice", [op(0, 1, 2), op(1, 2, 3)], "belongs to operation 0 and to operation 1"],
  ["an id used twice", [op(0, 1, 2), op(0, 3, 4)], "the id 0 is used twice"],
  ["overlap in a process", [op(1, 2, 9), op(0, 1, 3)], "c0 calls operation 1 while operation 0"],
  ["overlap past an info", [op(0, 1, 9), op(1, 2, Infinity)], "calls operation 1 while"],
])("%s is refused", (_, history, message) => {
  expect(() => assertHistory(history)).toThrow(RangeError);
  expect(() => assertHistory(history)).toThrow(message);
});

test("an info may stay open under the operations that follow it", () => {
  const history = [op(0, 1, Infinity), op(1, 2, 3), op(2, 4, Infinity), op(3, 5, 6)];
  expect(() => assertHistory(history)).not.toThrow();
});
