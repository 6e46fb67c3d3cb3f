import fc from "fast-check";
import { expect, test } from "vitest";
import { keys, keysOrEmpty } from "./keys.ts";
import { names } from "./names.ts";
import { badOptions, notIntegersIn } from "./bad-numbers.ts";
import { zipfIndexes } from "./zipf.ts";

// What these draw at a seed decides which counterexample a candidate sees: a change here is a
// change of score and belongs into the changelog.
test.each([
  ["keys", keys()],
  ["keysOrEmpty", keysOrEmpty()],
])("%s draws the same 20 values at seed 42", (_, arbitrary) => {
  expect(
    fc.sample(arbitrary, { seed: 42, numRuns: 20 }).map((key) => JSON.stringify(key)),
  ).toMatchSnapshot();
});

test("keys are never empty, and reach every kind of trouble", () => {
  const drawn = fc.sample(keys(), { seed: 1, numRuns: 3_000 });
  expect(drawn).not.toContain("");
  for (const key of ["__proto__", "\u0000", "\ud800", "e\u0301"]) expect(drawn).toContain(key);
  expect(drawn.some((key) => key.length > 100)).toBe(true);
  expect(fc.sample(keysOrEmpty(), { seed: 1, numRuns: 300 })).toContain("");
});

test("names are distinct, as many as asked for, and shrink to a, b, c", () => {
  const drawn = fc.sample(names(2, 5), { seed: 1, numRuns: 500 });
  for (const ids of drawn) expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(drawn.map((ids) => ids.length))).toEqual(new Set([2, 3, 4, 5]));
  const shrunk = fc.check(fc.property(names(2, 5), () => false));
  expect(shrunk.counterexample).toEqual([["a", "b"]]);
});

test("Zipf indexes follow their weights", () => {
  const count = 100_000;
  const drawn = zipfIndexes(count, 100, { exponent: 1, seed: 7 });
  const harmonic = Array.from({ length: 100 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b);
  for (const index of [0, 1, 9]) {
    const share = drawn.filter((other) => other === index).length / count;
    const expected = 1 / ((index + 1) * harmonic);
    // Six standard deviations of a binomial share.
    expect(Math.abs(share - expected)).toBeLessThan(
      6 * Math.sqrt((expected * (1 - expected)) / count),
    );
  }
  expect(zipfIndexes(5, 100, { seed: 7 })).toEqual(zipfIndexes(5, 100, { seed: 7 }));
});

test("none of the bad numbers is an integer of the range", () => {
  for (const bad of notIntegersIn(1, 5)) {
    expect(Number.isInteger(bad) && bad >= 1 && bad <= 5).toBe(false);
  }
});

test("bad options change one option each, to every bad number of its range", () => {
  const built: unknown[] = [];
  const cases = badOptions("Box", { size: [1, 5], gap: [0, 9] }, (changes) => built.push(changes));
  for (const { run } of cases) run();
  expect(cases[0]?.call).toBe("new Box({ ..., size: 0 })");
  expect(built).toEqual([
    ...notIntegersIn(1, 5).map((size) => ({ size })),
    ...notIntegersIn(0, 9).map((gap) => ({ gap })),
  ]);
});
