import type { GradeReport } from "../../graders/index.ts";
import { budgetRatio, isWhole, minutesBetween } from "../group/best-grades.ts";
import type { HistoryLine } from "../workspace/history.ts";

/** One grade, as far as it is looked back on. */
export interface PastGrade {
  readonly id: string;
  readonly at: string;
  readonly verdict: GradeReport["verdict"];
  readonly reason: GradeReport["reason"];
  readonly points: number;
  /** Whether everything was judged, so that its points say something. */
  readonly isWhole: boolean;
  /** Geometric mean of the time ratios to the reference; undefined when no time was measured. */
  readonly ratio: number | undefined;
  readonly specHash: string;
  /** By a spec that the kata no longer has. */
  readonly isByOlderSpec: boolean;
  /** An attempt that was graded again with `kata regrade`. */
  readonly isRegrade: boolean;
}

/** From one `kata start` of a kata to the next. */
export interface PastAttempt {
  /** Undefined when it was graded without having been started. */
  readonly startedAt: string | undefined;
  /** Minutes of the interview clock, when it ran. */
  readonly timedMinutes: number | undefined;
  readonly hints: number;
  readonly gaveUp: boolean;
  /** Points of its best whole grade. */
  readonly best: number | undefined;
  /** The mean time ratio of its last whole grade that has one. */
  readonly ratio: number | undefined;
  /** From its start to its first pass, in whole minutes. */
  readonly minutesToPass: number | undefined;
  /** Oldest first. */
  readonly grades: readonly PastGrade[];
}

/** Everything the workspace remembers of one kata. */
export interface KataHistory {
  readonly kata: string;
  /** The spec that it has now; undefined for a kata that is not here any more. */
  readonly specHash: string | undefined;
  readonly attempts: readonly PastAttempt[];
}

/** The attempts at each kata, by kata. `specs` is each kata's spec hash as it is now. */
export function readAttempts(
  reports: readonly GradeReport[],
  lines: readonly HistoryLine[],
  specs: ReadonlyMap<string, string>,
): KataHistory[] {
  const events = lines.flatMap(({ value }) => readEvent(value) ?? []);
  const katas = new Set([...reports, ...events].map(({ kata }) => kata));
  return [...katas].toSorted().map((kata) => {
    const ofKata = events.filter((event) => event.kata === kata);
    const regraded = new Set(ofKata.map(({ report }) => report));
    const grades = reports
      .filter((report) => report.kata === kata)
      .map((report) => pastGrade(report, specs.get(kata), regraded.has(report.id)))
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    return { kata, specHash: specs.get(kata), attempts: attemptsOf(ofKata, grades) };
  });
}

interface PastEvent {
  readonly event: string;
  readonly kata: string;
  readonly at: string;
  readonly timedMinutes: number | undefined;
  /** The grade that a `regraded` is about. */
  readonly report: string | undefined;
}

function readEvent(value: HistoryLine["value"]): PastEvent | undefined {
  const { event, kata, at, timedMinutes, report } = value;
  if (typeof event !== "string" || typeof kata !== "string" || typeof at !== "string") {
    return undefined;
  }
  return {
    event,
    kata,
    at,
    timedMinutes: typeof timedMinutes === "number" ? timedMinutes : undefined,
    report: typeof report === "string" ? report : undefined,
  };
}

function pastGrade(
  report: GradeReport,
  current: string | undefined,
  isRegrade: boolean,
): PastGrade {
  const { id, times, verdict, reason, score, specHash, budgets } = report;
  const ratio = budgetRatio(budgets);
  return {
    id,
    at: times.startedAt,
    verdict,
    reason,
    points: score.points,
    isWhole: isWhole(report),
    ratio: Number.isFinite(ratio) ? ratio : undefined,
    specHash,
    isByOlderSpec: current !== undefined && specHash !== current,
    isRegrade,
  };
}

function attemptsOf(events: readonly PastEvent[], grades: readonly PastGrade[]): PastAttempt[] {
  const starts = events
    .filter(({ event }) => event === "started")
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const bounds = [undefined, ...starts];
  return bounds.flatMap((start, index) => {
    const from = start?.at ?? "";
    const until = bounds[index + 1]?.at;
    const isIn = ({ at }: { readonly at: string }): boolean =>
      at >= from && (until === undefined || at < until);
    const own = events.filter((event) => event.event !== "started" && isIn(event));
    const graded = grades.filter(isIn);
    if (start === undefined && graded.length === 0 && own.length === 0) return [];
    return [pastAttempt(start, own, graded)];
  });
}

function pastAttempt(
  start: PastEvent | undefined,
  events: readonly PastEvent[],
  grades: readonly PastGrade[],
): PastAttempt {
  const whole = grades.filter((grade) => grade.isWhole);
  const pass = whole.find(({ verdict, isRegrade }) => verdict === "passed" && !isRegrade);
  return {
    startedAt: start?.at,
    timedMinutes: start?.timedMinutes,
    hints: events.filter(({ event }) => event === "hint").length,
    gaveUp: events.some(
      ({ event, at }) => event === "gave-up" && (pass === undefined || at < pass.at),
    ),
    best: whole.length === 0 ? undefined : Math.max(...whole.map(({ points }) => points)),
    ratio: whole.findLast(({ ratio }) => ratio !== undefined)?.ratio,
    minutesToPass: minutesBetween(start?.at, pass?.at),
    grades,
  };
}
