import { confirmRatio, judgeRatio } from "../judge/judge-ratio.ts";
import type { BudgetResult } from "../model/grade-report.ts";
import { KataError } from "../model/kata-error.ts";
import type { Kata } from "../model/kata.ts";
import {
  measureBudgets,
  type BudgetMeasurement,
  type MeasureOptions,
} from "../run/measure-budgets.ts";

/**
 * Measures and judges the time budgets of an accepted attempt. A result that is over its limit, or
 * unclear, counts only if a second, fresh process agrees.
 * @throws KataError `content-broken` when the bench itself cannot be read.
 */
export async function judgeBudgets(
  kata: Kata,
  attemptFile: string,
  options: MeasureOptions = {},
): Promise<BudgetResult[]> {
  const first = judge(kata, await measureBudgets(kata, attemptFile, options));
  if (!first.some(isOpen) || options.signal?.aborted === true) return first;
  const second = judge(kata, await measureBudgets(kata, attemptFile, options));
  const byId = new Map(second.map((result) => [result.id, result]));
  return first.map((result) => {
    const again = byId.get(result.id);
    return isOpen(result) && again !== undefined ? confirmRatio(result, again) : result;
  });
}

function isOpen({ outcome }: BudgetResult): boolean {
  return outcome === "over" || outcome === "inconclusive";
}

function judge({ slug }: Kata, measurement: BudgetMeasurement): BudgetResult[] {
  const { declared, measured, failed, broken, process } = measurement;
  if (declared.length === 0 && process.reason !== "aborted") {
    const why = `its bench declares nothing${broken === undefined ? "" : ` (${broken})`}`;
    throw new KataError("content-broken", { slug, why });
  }
  return declared.map((workload) => {
    const { id, what, rule, maxRatio } = workload;
    const ratios = measured.get(id)?.ratios;
    if (ratios !== undefined) return judgeRatio(workload, ratios);
    const why = failed.get(id) ?? broken ?? "the bench ended before it";
    return { id, kind: "time", what, rule, limit: maxRatio, outcome: "not-run", why };
  });
}
