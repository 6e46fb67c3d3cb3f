import { expect, test } from "vitest";
import type { BudgetResult } from "../../graders/index.ts";
import { budgetText } from "./budget-text.ts";
import { createStyle } from "./style.ts";

const base = { id: "get", rule: 9, what: "a get", limit: 3, outcome: "within" } as const;
const text = (budget: BudgetResult): string => budgetText(budget, 5, createStyle(false), 80);

test("a time budget shows ratio, interval and limit", () => {
  const budget = { ...base, kind: "time", ratio: 1.234, interval: [1.1, 1.4] } as BudgetResult;
  expect(text(budget)).toBe("  ✓ get    1.23x the reference, limit 3x (1.10 to 1.40); a get");
});

test("a memory budget shows bytes, limit and reference", () => {
  const budget = { ...base, kind: "memory", outcome: "over", bytes: 9.87, referenceBytes: 1.2 };
  expect(text(budget as BudgetResult)).toBe(
    "  ✗ get    9.9 bytes each, limit 3, reference 1.2 (over); a get",
  );
});

test("a count shows both sides and their ratio", () => {
  const counted = { count: 1_240, referenceCount: 1_000, ratio: 1.24 };
  expect(text({ ...base, kind: "count", ...counted } as BudgetResult)).toBe(
    "  ✓ get    1,240 (1.24x), reference 1,000, limit 3x; a get",
  );
});

test("a growth budget draws a bar for each doubling", () => {
  const points = [
    { size: 1_000, attemptMs: 2, referenceMs: 1 },
    { size: 10_000, attemptMs: 16, referenceMs: 1.5 },
  ];
  const budget = { ...base, kind: "growth", limit: 0.25, slope: 0.9, referenceSlope: 0.18, points };
  expect(text(budget as BudgetResult).split("\n")).toEqual([
    "  ✓ get    slope 0.90, reference 0.18, limit +0.25; a get",
    "               1,000    1.0x  ref   1.0x  ▇",
    "              10,000    8.0x  ref   1.5x  ▇▇▇▇",
  ]);
});

test("a budget that was not measured says why", () => {
  const budget = { ...base, kind: "time", outcome: "not-run", why: "it threw" } as BudgetResult;
  expect(text(budget)).toContain("not judged: it threw");
});
