import { say, sayCount } from "../model/say.ts";
import type { BudgetResult, PropertyResult, Reason, Verdict } from "../model/grade-report.ts";

/** How the process that ran the attempt went, as far as it decides the verdict. */
export interface Stop {
  readonly reason: "timed-out" | "memory-limit" | "output-limit" | "crashed" | "tampered";
  readonly detail: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: Reason;
  readonly detail?: string;
}

/** The verdict on an attempt that could be graded. What ended the run early comes first. */
export function judgeVerdict(
  properties: readonly PropertyResult[],
  budgets: readonly BudgetResult[],
  stop: Stop | undefined,
): Judgement {
  if (stop !== undefined) return { verdict: "failed", reason: stop.reason, detail: stop.detail };
  const of = (...outcomes: readonly string[]): PropertyResult[] =>
    properties.filter(({ outcome }) => outcomes.includes(outcome));
  const broken = of("violated", "errored");
  if (broken.length > 0) {
    return { verdict: "failed", reason: "rejected", detail: say`${countOf(broken)} broke a rule.` };
  }
  const slow = of("too-slow");
  if (slow.length > 0) {
    return { verdict: "failed", reason: "too-slow", detail: say`${countOf(slow)} took too long.` };
  }
  const missing = properties.filter(({ outcome }) => outcome !== "held");
  if (missing.length > 0 || properties.length === 0) {
    const detail = say`${countOf(missing)} ended without a result.`;
    return { verdict: "failed", reason: "crashed", detail };
  }
  const over = budgets.filter(({ outcome }) => outcome === "over");
  if (over.length > 0) {
    const detail = say`Every property holds, but ${over.map(({ id }) => id).join(", ")} is over its limit.`;
    return { verdict: "failed", reason: "over-budget", detail };
  }
  const stopped = budgets.find(({ outcome }) => outcome === "not-run");
  if (stopped !== undefined) {
    const detail = say`Every property holds, but ${stopped.id} could not be timed: ${stopped.why}.`;
    return { verdict: "failed", reason: "crashed", detail };
  }
  if (budgets.some(({ outcome }) => outcome === "inconclusive")) {
    const detail = say`Every property holds; the machine was too busy for a verdict on the budgets. Close programs and grade again.`;
    return { verdict: "inconclusive", reason: "noisy", detail };
  }
  return { verdict: "passed" };
}

function countOf(properties: readonly PropertyResult[]): string {
  return sayCount(properties.length, "{n} property", "{n} properties");
}
