import fc from "fast-check";
import { expect, test } from "vitest";
import { aroundDifference } from "./around-difference.ts";

test("short values stay whole", () => {
  expect(aroundDifference("1", "2", 10)).toEqual({ expected: "1", actual: "2" });
});

test("long values are cut around the difference", () => {
  const same = "x".repeat(1_000);
  const { expected, actual } = aroundDifference(`${same}A`, `${same}B`, 30);
  expect(expected).toMatch(/^\(from character 991\) …x{10}A$/);
  expect(actual).toMatch(/^\(from character 991\) …x{10}B$/);
});

test("two different values are never cut to the same text", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.nat(100), (head, a, b, repeat) => {
      fc.pre(a !== b);
      const before = `${head}.`.repeat(repeat);
      const { expected, actual } = aroundDifference(before + a, before + b, 20);
      expect(expected).not.toBe(actual);
    }),
  );
});
