import { say } from "../model/say.ts";
import type { BudgetResult } from "../model/grade-report.ts";
import type { TimeBudget } from "../model/outcome.ts";
import { bootstrapInterval, median } from "./statistics.ts";

const CONFIDENCE = 0.99;
/** With fewer blocks there is no verdict: a bootstrap of one or two sees no noise. */
export const FEWEST_BLOCKS = 3;

/**
 * Judges one time budget by the ratios of its blocks. It is within or over only when the whole
 * interval lies on one side of the limit; noise is never taken for slowness.
 */
export function judgeRatio(workload: TimeBudget, ratios: readonly number[]): BudgetResult {
  const { id, what, rule, maxRatio: limit } = workload;
  const budget = { id, kind: "time", what, rule, limit, blocks: ratios.length } as const;
  if (ratios.length < FEWEST_BLOCKS) {
    const why = say`only ${ratios.length} blocks could be measured`;
    return { ...budget, outcome: "inconclusive", why };
  }
  const interval = bootstrapInterval(ratios, CONFIDENCE);
  const judged = { ...budget, ratio: median(ratios), interval };
  if (interval[1] < limit) return { ...judged, outcome: "within" };
  if (interval[0] > limit) return { ...judged, outcome: "over" };
  return { ...judged, outcome: "inconclusive", why: say`the measurement is too noisy to tell` };
}

/**
 * Settles a budget that one process did not find within its limit, by what a second, fresh process
 * found: the compiler's luck differs between processes by up to 1.2x, and no interval made inside
 * one process can see that.
 */
export function confirmBudget(first: BudgetResult, second: BudgetResult): BudgetResult {
  if (first.outcome === second.outcome) return second;
  if (first.outcome === "inconclusive" && second.outcome === "within") return second;
  const why = say`one process found it ${first.outcome}, another ${second.outcome}`;
  return { ...first, outcome: "inconclusive", why };
}
