import { expect, test } from "vitest";
import type { BudgetResult, PropertyResult } from "../model/grade-report.ts";
import { judgeVerdict, type Stop } from "./verdict.ts";

const property = (outcome: PropertyResult["outcome"]): PropertyResult => ({
  id: outcome,
  points: 1,
  outcome,
  rules: [1],
  rulesText: [""],
  runs: 1,
  ms: 1,
});
const budget = (outcome: BudgetResult["outcome"]): BudgetResult => ({
  id: outcome,
  kind: "time",
  what: "",
  rule: 1,
  limit: 3,
  outcome,
});
const stop: Stop = { reason: "memory-limit", detail: "" };

test.each<[PropertyResult["outcome"][], BudgetResult["outcome"][], Stop | undefined, string]>([
  [["held"], ["within"], undefined, "passed"],
  [["held"], [], undefined, "passed"],
  [["held", "violated"], [], undefined, "failed rejected"],
  [["errored", "too-slow"], [], undefined, "failed rejected"],
  [["held", "too-slow"], [], undefined, "failed too-slow"],
  [["held", "violated"], [], stop, "failed memory-limit"],
  [["held"], ["within", "over"], undefined, "failed over-budget"],
  [["held"], ["over", "inconclusive"], undefined, "failed over-budget"],
  [["held"], ["within", "inconclusive"], undefined, "inconclusive noisy"],
  [["held"], ["not-run"], undefined, "failed crashed"],
  [["held", "not-run"], ["within"], undefined, "failed crashed"],
  [[], [], undefined, "failed crashed"],
])("%j with budgets %j and stop %j: %s", (outcomes, budgets, stopped, expected) => {
  const { verdict, reason } = judgeVerdict(outcomes.map(property), budgets.map(budget), stopped);
  expect([verdict, reason].filter(Boolean).join(" ")).toBe(expected);
});
