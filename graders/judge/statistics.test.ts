import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootstrapInterval, median } from "./statistics.ts";

describe("median", () => {
  test.each([
    { values: [3], expected: 3 },
    { values: [5, 1, 3], expected: 3 },
    { values: [3, 1], expected: 2 },
    { values: [10, 9, 2, 1], expected: 5.5 },
    { values: [], expected: Number.NaN },
  ])("of $values is $expected", ({ values, expected }) => {
    expect(median(values)).toBe(expected);
  });
});

describe("bootstrapInterval", () => {
  test.each([
    { why: "equal values leave no doubt", values: [2, 2, 2, 2], expected: [2, 2] },
    // Resamples of two have the median 1, 2 or 3 with chances 1/4, 1/2, 1/4.
    { why: "two values span it", values: [1, 3], expected: [1, 3] },
    // Both tails hold P(X >= 6), X binomial(10, 1/2): 0.38, far above 0.005.
    { why: "two camps span it", values: [1, 1, 1, 1, 1, 9, 9, 9, 9, 9], expected: [1, 9] },
    // The spike moves the median with P(X >= 5), X binomial(10, 1/10): 0.0016, below 0.005.
    { why: "one spike in ten is noise", values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 9], expected: [1, 1] },
    // P(X >= 2), X binomial(3, 1/3): 0.26.
    { why: "one spike in three is not", values: [1, 1, 9], expected: [1, 9] },
  ])("$why", ({ values, expected }) => {
    expect(bootstrapInterval(values, 0.99)).toEqual(expected);
  });

  test("a lower confidence narrows it", () => {
    // The upper 0.26 of the medians are 9; an interval at 0.4 leaves out the upper 0.3.
    expect(bootstrapInterval([1, 1, 9], 0.4)).toEqual([1, 1]);
  });

  const values = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 });

  test("is the same each time, lies within the values and holds their median", () => {
    fc.assert(
      fc.property(values, (list) => {
        const [low, high] = bootstrapInterval(list, 0.99);
        expect(bootstrapInterval(list, 0.99)).toEqual([low, high]);
        expect(low).toBeGreaterThanOrEqual(Math.min(...list));
        expect(high).toBeLessThanOrEqual(Math.max(...list));
        expect(low).toBeLessThanOrEqual(median(list));
        expect(high).toBeGreaterThanOrEqual(median(list));
      }),
    );
  });

  test("doubled values double it", () => {
    fc.assert(
      fc.property(values, (list) => {
        const [low, high] = bootstrapInterval(list, 0.99);
        const doubled = list.map((value) => value * 2);
        expect(bootstrapInterval(doubled, 0.99)).toEqual([low * 2, high * 2]);
      }),
    );
  });
});
