import type { BudgetResult } from "../../../graders/index.ts";
import { PLOT } from "./frame.ts";
import { type Series, lineChart } from "./line-chart.ts";
import { logAxis } from "./log-axis.ts";

/** Times by size, the attempt's and the reference's, both axes logarithmic: a slope is a power. */
export function growthChart(budget: BudgetResult, numbers: string): string | undefined {
  const { id, what, points = [], slope, referenceSlope, limit } = budget;
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return undefined;
  const mine = points.map(({ size, attemptMs }) => ({
    x: size,
    y: attemptMs,
    title: `${size.toLocaleString("en")}: ${duration(attemptMs)}`,
  }));
  const reference = points.map(({ size, referenceMs }) => ({
    x: size,
    y: referenceMs,
    title: `${size.toLocaleString("en")}: ${duration(referenceMs)}, reference`,
  }));
  const steepest = (referenceSlope ?? 0) + limit;
  const allowed = [
    { x: first.size, y: first.attemptMs },
    { x: last.size, y: first.attemptMs * (last.size / first.size) ** steepest },
  ];
  const series: Series[] = [
    ...(slope === undefined || referenceSlope === undefined
      ? []
      : [{ name: "steepest that is allowed", look: "limit", points: allowed } as const]),
    { name: "reference", look: "reference", mark: "square", points: reference },
    { name: "yours", look: "mine", mark: "dot", points: mine },
  ];
  const heights = series.flatMap((one) => one.points.map(({ y }) => y));
  const sizes = points.map(({ size }) => size);
  const rows = points.map(
    ({ size, attemptMs, referenceMs }) =>
      `at ${size.toLocaleString("en")} ${duration(attemptMs)}, reference ${duration(referenceMs)}`,
  );
  return lineChart({
    id: `growth-${id}`,
    title: `${id}: time by size, yours and the reference's`,
    description: `${what}. ${numbers}. ${rows.join("; ")}.`,
    x: logAxis("size (logarithmic)", sizes, [PLOT.left, PLOT.right], size),
    y: logAxis("time of a call (logarithmic)", heights, [PLOT.bottom, PLOT.top], duration),
    series,
  });
}

/** A time in ms with the unit that keeps it short. */
export function duration(ms: number): string {
  if (ms < 0.001) return `${short(ms * 1e6)} ns`;
  if (ms < 1) return `${short(ms * 1e3)} µs`;
  return ms < 1000 ? `${short(ms)} ms` : `${short(ms / 1000)} s`;
}

function size(value: number): string {
  return value.toLocaleString("en");
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
