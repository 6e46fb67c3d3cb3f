import fc from "fast-check";
import { expect, test } from "vitest";
import type { GrowthBudget, GrowthPoint } from "../model/outcome.ts";
import { judgeGrowth } from "./judge-growth.ts";

const budget: GrowthBudget = {
  kind: "growth",
  id: "get",
  rule: 1,
  what: "a get",
  sizes: [1_000, 10_000, 100_000],
  maxExcess: 0.35,
};
const grow = (attempt: (n: number) => number, reference: (n: number) => number): GrowthPoint[] =>
  budget.sizes.map((size) => ({ size, attemptMs: attempt(size), referenceMs: reference(size) }));

// A slope is the exponent of a power law, so these are exact by construction.
test.each<[string, (n: number) => number, (n: number) => number, number, string]>([
  ["constant against constant", () => 5, () => 1, 0, "within"],
  ["linear against linear", (n) => 9 * n, (n) => n, 1, "within"],
  ["linear against constant", (n) => n, () => 1, 1, "over"],
  ["quadratic against linear", (n) => n * n, (n) => n, 2, "over"],
  ["a little steeper", (n) => n ** 0.3, () => 1, 0.3, "within"],
  ["a little too steep", (n) => n ** 0.4, () => 1, 0.4, "over"],
])("%s", (_, attempt, reference, slope, outcome) => {
  const judged = judgeGrowth(budget, grow(attempt, reference));
  expect(judged.outcome).toBe(outcome);
  expect(judged.slope).toBeCloseTo(slope, 9);
});

test("a cliff is seen though the fit is flat", () => {
  const sizes = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000];
  const points = sizes.map((size) => ({
    size,
    attemptMs: size === 128_000 ? 5 : 1,
    referenceMs: 1,
  }));
  const judged = judgeGrowth(budget, points);
  expect(judged.outcome).toBe("over");
  expect(judged.slope).toBeLessThan(0.35);
});

test("an attempt that was stopped at the first size is over", () => {
  expect(judgeGrowth(budget, [{ size: 1_000, attemptMs: 400, referenceMs: 1 }]).outcome).toBe(
    "over",
  );
});

test("a machine that is slower by a factor gets the same verdict", () => {
  const time = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(time, time), { minLength: 3, maxLength: 3 }),
      time,
      (times, k) => {
        const points = times.map(([attemptMs, referenceMs], i) => ({
          size: budget.sizes[i] ?? 1,
          attemptMs,
          referenceMs,
        }));
        const slower = points.map((p) => ({
          size: p.size,
          attemptMs: p.attemptMs * k,
          referenceMs: p.referenceMs * k,
        }));
        const [one, two] = [judgeGrowth(budget, points), judgeGrowth(budget, slower)];
        fc.pre(Math.abs((one.slope ?? 0) - (one.referenceSlope ?? 0) - 0.35) > 1e-6);
        expect(two.outcome).toBe(one.outcome);
      },
    ),
  );
});
