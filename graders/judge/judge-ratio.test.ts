import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BudgetResult } from "../model/grade-report.ts";
import { confirmBudget, judgeRatio } from "./judge-ratio.ts";

const workload = { kind: "time" as const, id: "mixed", rule: 1, what: "1,000 adds", maxRatio: 3 };

describe("judgeRatio", () => {
  const steady = (ratio: number, spike: number): number[] => [...Array(9).fill(ratio), spike];

  test.each([
    ["all below", [1, 1, 1], { outcome: "within", ratio: 1, interval: [1, 1], blocks: 3 }],
    ["all above", [4, 4, 4], { outcome: "over", ratio: 4, interval: [4, 4] }],
    ["on the limit", [3, 3, 3], { outcome: "inconclusive", ratio: 3, interval: [3, 3] }],
    ["on both sides", [2, 2, 5], { outcome: "inconclusive", ratio: 2, interval: [2, 5] }],
    ["one spike in ten", steady(1, 50), { outcome: "within", ratio: 1, interval: [1, 1] }],
    ["one lucky block in ten", steady(4, 0.1), { outcome: "over", ratio: 4, interval: [4, 4] }],
    ["too few blocks", [50, 50], { outcome: "inconclusive", blocks: 2 }],
    ["none", [], { outcome: "inconclusive", blocks: 0 }],
  ])("%s", (_, ratios, expected) => {
    expect(judgeRatio(workload, ratios)).toMatchObject({
      kind: "time",
      rule: 1,
      limit: 3,
      ...expected,
    });
  });

  const times = fc.integer({ min: 1, max: 1_000_000 });
  const blocks = fc.array(fc.record({ attempt: times, reference: times }), {
    minLength: 1,
    maxLength: 25,
  });
  const judge = (list: readonly { attempt: number; reference: number }[]): BudgetResult =>
    judgeRatio(
      workload,
      list.map(({ attempt, reference }) => attempt / reference),
    );

  test("a machine slower for both changes nothing", () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: -20, max: 20 }), (list, exponent) => {
        const scale = 2 ** exponent; // A power of two rounds nothing.
        const scaled = list.map(({ attempt, reference }) => ({
          attempt: attempt * scale,
          reference: reference * scale,
        }));
        expect(judge(scaled)).toEqual(judge(list));
      }),
    );
  });

  test("a faster attempt never fares worse", () => {
    const rank = { over: 0, inconclusive: 1, within: 2, "not-run": -1 };
    const gains = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
      minLength: 25,
      maxLength: 25,
    });
    fc.assert(
      fc.property(blocks, gains, (list, gain) => {
        const faster = list.map(({ attempt, reference }, i) => ({
          attempt: attempt * (gain[i] ?? 1),
          reference,
        }));
        expect(rank[judge(faster).outcome]).toBeGreaterThanOrEqual(rank[judge(list).outcome]);
      }),
    );
  });
});

describe("confirmBudget", () => {
  const result = (outcome: BudgetResult["outcome"]): BudgetResult => ({
    id: "mixed",
    kind: "time",
    rule: 1,
    what: "1,000 adds",
    limit: 3,
    outcome,
  });

  test.each([
    { first: "over", second: "over", settled: "over" },
    { first: "over", second: "within", settled: "inconclusive" },
    { first: "over", second: "inconclusive", settled: "inconclusive" },
    { first: "over", second: "not-run", settled: "inconclusive" },
    { first: "inconclusive", second: "within", settled: "within" },
    { first: "inconclusive", second: "over", settled: "inconclusive" },
    { first: "inconclusive", second: "inconclusive", settled: "inconclusive" },
  ] as const)("$first, then $second: $settled", ({ first, second, settled }) => {
    expect(confirmBudget(result(first), result(second)).outcome).toBe(settled);
  });
});
