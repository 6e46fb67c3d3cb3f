import { scaleLinear } from "d3-scale";
import type { KataHistory, PastGrade } from "../../history/read-attempts.ts";
import { localTime } from "../local-time.ts";
import { PLOT } from "./frame.ts";
import { type ChartPoint, type Series, lineChart } from "./line-chart.ts";
import { logAxis } from "./log-axis.ts";
import { timeAxis } from "./time-axis.ts";

/** Points of whole grades over time; undefined when there is none. */
export function scoreChart(
  { kata, attempts }: KataHistory,
  whole: readonly PastGrade[],
): string | undefined {
  const grades = whole.filter(({ at }) => isInstant(at));
  if (grades.length === 0) return undefined;
  const starts = attempts.flatMap(({ startedAt }) => startedAt ?? []).filter(isInstant);
  const series = bySpec(grades, ({ points }) => points);
  const begun = starts.map((at) => ({ x: instant(at), y: 0, title: `started ${localTime(at)}` }));
  const whens = [...grades.map(({ at }) => instant(at)), ...begun.map(({ x }) => x)];
  const scale = scaleLinear().domain([0, 100]).range([PLOT.bottom, PLOT.top]);
  const ticks = [0, 25, 50, 75, 100].map((value) => ({ at: scale(value), text: String(value) }));
  const told = grades.map((grade) => `${localTime(grade.at)} ${said(grade)}`);
  return lineChart({
    id: `score-${kata}`,
    title: `${kata}: points of whole grades over time`,
    description: `A full mark passed, a hollow one did not. ${told.join("; ")}.`,
    x: timeAxis(whens, [PLOT.left, PLOT.right]),
    y: { label: "points of 100", ticks, scale },
    series: [
      ...series,
      ...(begun.length === 0
        ? []
        : [{ name: "start", look: "event", mark: "diamond", points: begun } as const]),
    ],
  });
}

/** Mean time ratios of whole grades over time; undefined when none was timed. */
export function ratioChart(
  { kata }: KataHistory,
  grades: readonly PastGrade[],
): string | undefined {
  const timed = grades.filter(({ ratio, at }) => ratio !== undefined && isInstant(at));
  if (timed.length === 0) return undefined;
  const ratioOf = ({ ratio }: PastGrade): number => ratio ?? 1;
  const x = timeAxis(
    timed.map(({ at }) => instant(at)),
    [PLOT.left, PLOT.right],
  );
  const [from, to] = x.scale.domain().map((date) => date.getTime());
  const reference = [from, to].flatMap((at) => (at === undefined ? [] : [{ x: at, y: 1 }]));
  const values = [...timed.map(ratioOf), 1];
  const told = timed.map((grade) => `${localTime(grade.at)} ${ratioOf(grade).toFixed(2)}x`);
  return lineChart({
    id: `ratio-${kata}`,
    title: `${kata}: time against the reference, over time`,
    description: `Geometric mean of the time budgets' ratios. ${told.join("; ")}.`,
    x,
    y: logAxis("times the reference (logarithmic)", values, [PLOT.bottom, PLOT.top], multiple),
    series: [
      { name: "reference", look: "reference", points: reference },
      ...bySpec(timed, ratioOf),
    ],
  });
}

/** Grades by this spec and by older ones apart, since they cannot be compared. */
function bySpec(grades: readonly PastGrade[], valueOf: (grade: PastGrade) => number): Series[] {
  const pointOf = (grade: PastGrade): ChartPoint => ({
    x: instant(grade.at),
    y: valueOf(grade),
    fill: grade.verdict === "passed" ? "full" : "hollow",
    title: `${localTime(grade.at)}: ${said(grade)}`,
  });
  const older = grades.filter(({ isByOlderSpec }) => isByOlderSpec).map(pointOf);
  const current = grades.filter(({ isByOlderSpec }) => !isByOlderSpec).map(pointOf);
  const series: Series[] = [
    { name: "by an older spec", look: "reference", mark: "square", points: older },
    { name: "by this spec", look: "mine", mark: "dot", points: current },
  ];
  return series.filter(({ points }) => points.length > 0);
}

function said({ verdict, points, isByOlderSpec }: PastGrade): string {
  return `${verdict} ${points}${isByOlderSpec ? " by an older spec" : ""}`;
}

/** A history is a file, and files are edited. */
function isInstant(at: string): boolean {
  return Number.isFinite(instant(at));
}

function instant(at: string): number {
  // oxlint-disable-next-line no-restricted-globals -- reads a written instant, not the clock
  return Date.parse(at);
}

function multiple(value: number): string {
  return `${Number(value.toPrecision(2))}x`;
}
