import { expect, test } from "vitest";
import type { CountBudget } from "../model/outcome.ts";
import { judgeCount } from "./judge-count.ts";

const budget: CountBudget = { kind: "count", id: "reads", rule: 4, what: "reads", maxRatio: 1.5 };

test.each([
  { attemptCount: 0, referenceCount: 10, outcome: "within" },
  { attemptCount: 15, referenceCount: 10, outcome: "within" },
  { attemptCount: 16, referenceCount: 10, outcome: "over" },
  { attemptCount: 0, referenceCount: 0, outcome: "within" },
  { attemptCount: 1, referenceCount: 0, outcome: "over" },
])("$attemptCount against $referenceCount at 1.5x is $outcome", ({ outcome, ...counts }) => {
  expect(judgeCount(budget, counts)).toMatchObject({ outcome, limit: 1.5 });
});

test("names both counts and their ratio; no ratio to nothing", () => {
  const judged = judgeCount(budget, { attemptCount: 12, referenceCount: 10 });
  expect(judged).toMatchObject({ count: 12, referenceCount: 10, ratio: 1.2 });
  expect(judgeCount(budget, { attemptCount: 1, referenceCount: 0 })).not.toHaveProperty("ratio");
});
