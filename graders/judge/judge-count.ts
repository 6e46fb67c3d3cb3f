import type { BudgetResult } from "../model/grade-report.ts";
import type { CountBudget } from "../model/outcome.ts";

/** Judges how often the attempt used the injected objects, against the reference's count. */
export function judgeCount(
  budget: CountBudget,
  { attemptCount, referenceCount }: { attemptCount: number; referenceCount: number },
): BudgetResult {
  const { id, rule, what, maxRatio: limit } = budget;
  const outcome = attemptCount <= referenceCount * limit ? "within" : "over";
  const ratio = referenceCount === 0 ? {} : { ratio: attemptCount / referenceCount };
  return {
    id,
    kind: "count",
    rule,
    what,
    limit,
    outcome,
    count: attemptCount,
    referenceCount,
    ...ratio,
  };
}
