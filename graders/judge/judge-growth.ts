import { say } from "../model/say.ts";
import type { BudgetResult } from "../model/grade-report.ts";
import type { GrowthBudget, GrowthPoint } from "../model/outcome.ts";

/** A size that suddenly costs this much more than the one before is a cliff, whatever the fit says. */
const STEEPEST_STEP = 1;
const FEWEST_POINTS = 2;

/**
 * Judges how the attempt's time grows, by the slope of log time to log size, against the reference's
 * at the same sizes: caches and collectors bend both alike. The steepest step between two sizes counts
 * as well, for a structure that is cheap up to a cliff.
 */
export function judgeGrowth(budget: GrowthBudget, points: readonly GrowthPoint[]): BudgetResult {
  const { id, rule, what, maxExcess: limit } = budget;
  const kind = "growth" as const;
  const base = { id, kind, rule, what, limit, points: [...points] };
  if (points.length < FEWEST_POINTS) {
    const why = say`even the smallest sizes took too long`;
    return { ...base, outcome: "over" as const, why };
  }
  const slope = slopeOf(points, ({ attemptMs }) => attemptMs);
  const referenceSlope = slopeOf(points, ({ referenceMs }) => referenceMs);
  const step = steepestExcess(points);
  const judged = { ...base, slope, referenceSlope };
  if (slope - referenceSlope > limit) return { ...judged, outcome: "over" };
  if (step > STEEPEST_STEP + limit) {
    return {
      ...judged,
      outcome: "over",
      why: say`it is cheap up to one size and dear at the next`,
    };
  }
  return { ...judged, outcome: "within" };
}

/** Least squares on the logarithms. */
function slopeOf(points: readonly GrowthPoint[], timeOf: (point: GrowthPoint) => number): number {
  const xs = points.map(({ size }) => Math.log(size));
  const ys = points.map((point) => Math.log(timeOf(point)));
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((x, i) => (x - meanX) * ((ys[i] ?? 0) - meanY)));
  return covariance / mean(xs.map((x) => (x - meanX) ** 2));
}

/** The largest difference between the two slopes from one size to the next. */
function steepestExcess(points: readonly GrowthPoint[]): number {
  const steps = points.slice(1).map((point, i) => {
    const before = points[i] ?? point;
    const pair = [before, point];
    return (
      slopeOf(pair, ({ attemptMs }) => attemptMs) - slopeOf(pair, ({ referenceMs }) => referenceMs)
    );
  });
  return Math.max(...steps);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
