import type { BudgetResult } from "../model/grade-report.ts";
import type { MemoryBudget } from "../model/outcome.ts";

/** Judges the bytes that an element keeps in memory. */
export function judgeMemory(
  budget: MemoryBudget,
  { attemptBytes, referenceBytes }: { attemptBytes: number; referenceBytes: number },
): BudgetResult {
  const { id, rule, what, maxBytes: limit } = budget;
  const outcome = attemptBytes <= limit ? "within" : "over";
  return { id, kind: "memory", rule, what, limit, outcome, bytes: attemptBytes, referenceBytes };
}
