import type { BudgetResult, PropertyResult, Score } from "../model/grade-report.ts";

/** Of 100 points, 70 are for properties and 30 for budgets. */
const PROPERTY_POINTS = 70;
const BUDGET_POINTS = 30;

/**
 * Scores a grade. Properties share 70 points by their own points, budgets share 30 equally; a kata
 * without budgets gives the 30 when every property holds. A budget counts only when all properties
 * hold.
 * @param budgets the judged budgets, or undefined when the grade was asked to leave them out
 * @param nothingCounts the attempt cannot be graded, or changed what judges it
 * @param stopped the run was ended early, so no budget was measured
 * @param only the one property that the grade was asked for
 */
export function score(
  properties: readonly PropertyResult[],
  budgets: readonly BudgetResult[] | undefined,
  {
    only,
    nothingCounts = false,
    stopped = false,
  }: { only?: string | undefined; nothingCounts?: boolean; stopped?: boolean } = {},
): Score {
  const all = sum(properties);
  const held = nothingCounts ? 0 : sum(properties.filter(({ outcome }) => outcome === "held"));
  const asked = sum(properties.filter(({ id }) => only === undefined || id === only));
  const share = (points: number): number => (all === 0 ? 0 : (PROPERTY_POINTS * points) / all);
  const allHold = all > 0 && held === all && !stopped;
  const budgetPoints = budgets !== undefined && allHold ? BUDGET_POINTS * withinShare(budgets) : 0;
  return {
    points: round(share(held) + budgetPoints),
    of: 100,
    judged: round(share(asked) + (budgets === undefined ? 0 : BUDGET_POINTS)),
    properties: round(share(held)),
    budgets: round(budgetPoints),
  };
}

function withinShare(budgets: readonly BudgetResult[]): number {
  if (budgets.length === 0) return 1;
  return budgets.filter(({ outcome }) => outcome === "within").length / budgets.length;
}

function sum(properties: readonly PropertyResult[]): number {
  return properties.reduce((total, { points }) => total + points, 0);
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}
