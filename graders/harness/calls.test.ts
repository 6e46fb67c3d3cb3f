import { expect, test } from "vitest";
import { call, callAt, perform } from "./calls.ts";
import { literal } from "./violation.ts";

test("a call is written as in code, and made on its receiver", () => {
  const step = call("add", 'a"b', 2);
  expect(literal(step)).toBe('add("a\\"b", 2)');
  const receiver = {
    base: 40,
    add(_: string, weight: number): number {
      return this.base + weight;
    },
  };
  expect(perform(receiver, step)).toBe(42);
  expect(literal(call("pick"))).toBe("pick()");
  const later = callAt(120, "add", "a", 2);
  expect(literal(later)).toBe('at 120 ms: add("a", 2)');
  expect(perform(receiver, later)).toBe(42);
});
