import fc from "fast-check";
import { expect, test } from "vitest";
import { deepEqual } from "./deep-equal.ts";

test.each<[unknown, unknown, boolean]>([
  [Number.NaN, Number.NaN, true],
  [0, -0, true],
  [1, "1", false],
  [null, undefined, false],
  [[1, [2]], [1, [2]], true],
  [[1], { 0: 1 }, false],
  [[1, 2], [1], false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: undefined }, {}, false],
  [{ a: undefined }, { b: undefined }, false],
  [new Map([["a", 1]]), new Map([["a", 1]]), true],
  [new Map([["a", 1]]), new Map([["a", 2]]), false],
  [new Set([1, 2]), new Set([2, 1]), false],
  [new Set([1]), {}, false],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2]), true],
  [new Uint8Array([1, 2]), new Uint8Array([1, 3]), false],
  [new Uint8Array([1, 0]), new Uint16Array([1]), false],
  [new Uint8Array([9, 1, 2]).subarray(1), new Uint8Array([1, 2]), true],
])("deepEqual(%o, %o) is %s", (left, right, expected) => {
  expect(deepEqual(left, right)).toBe(expected);
  expect(deepEqual(right, left)).toBe(expected);
});

test("a copy is equal, a copy with one leaf changed is not", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
      expect(deepEqual(value, structuredClone(value))).toBe(true);
      const same = JSON.stringify(value) === JSON.stringify(other);
      fc.pre(!same);
      expect(deepEqual([value, 1], [other, 2])).toBe(false);
    }),
  );
});
