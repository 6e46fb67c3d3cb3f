import type { Score } from "./worksheet-report.ts";

/** Rounded to a hundredth, so that no report shows the noise of sums. */
export function score(points: number, of: number): Score {
  return { points: Math.round(points * 100) / 100, of };
}

export function add(...scores: readonly Score[]): Score {
  return score(sum(scores.map(({ points }) => points)), sum(scores.map(({ of }) => of)));
}

/** In [0, 1]. */
export function shareOf({ points, of }: Score): number {
  return of === 0 ? 0 : points / of;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
