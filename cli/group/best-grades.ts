import type { GradeReport } from "../../graders/index.ts";
import { NO_STORY, type KataStory } from "../workspace/stories.ts";
import type { SharedGrade } from "./share-file.ts";

/** The best whole grade of each kata under each spec, ordered by kata. */
export function bestGrades(
  reports: readonly GradeReport[],
  stories: ReadonlyMap<string, KataStory>,
): SharedGrade[] {
  const best = new Map<string, GradeReport>();
  for (const report of reports.filter(isWhole)) {
    const key = `${report.kata} ${report.specHash}`;
    const before = best.get(key);
    if (before === undefined || isBetter(report, before)) best.set(key, report);
  }
  const grades = [...best.values()].map((report) => {
    const passes = reports.filter(
      ({ kata, verdict, specHash }) =>
        kata === report.kata && specHash === report.specHash && verdict === "passed",
    );
    return sharedGrade(report, passes.find(isWhole), stories.get(report.kata) ?? NO_STORY);
  });
  return grades.toSorted((a, b) => (a.kata < b.kata ? -1 : a.kata > b.kata ? 1 : 0));
}

/** Whether a grade judged everything, so that it can be compared. */
export function isWhole({ options, score }: GradeReport): boolean {
  const { only, runs, replay, budget } = options;
  const isPart = only !== undefined || runs !== undefined || replay !== undefined;
  return !isPart && budget && score.judged === 100;
}

function isBetter(report: GradeReport, before: GradeReport): boolean {
  if (report.score.points !== before.score.points) return report.score.points > before.score.points;
  return budgetRatio(report.budgets) < budgetRatio(before.budgets);
}

/**
 * One number for the budgets of a grade: the geometric mean of its time ratios, so that twice as
 * fast here makes up for twice as slow there. Infinity when no time was measured.
 */
export function budgetRatio(
  budgets: readonly {
    readonly kind: string;
    readonly ratio?: number | undefined;
  }[],
): number {
  const logs = budgets.flatMap(({ kind, ratio }) =>
    kind === "time" && ratio !== undefined ? [Math.log(ratio)] : [],
  );
  if (logs.length === 0) return Infinity;
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

function sharedGrade(
  { kata, specHash, subject, verdict, score, seed, environment, times, ...report }: GradeReport,
  firstPass: GradeReport | undefined,
  { startedAt, timedMinutes, hints, gaveUpAt }: KataStory,
): SharedGrade {
  const passedAt = firstPass?.times.startedAt;
  const minutes = minutesBetween(startedAt, passedAt);
  return {
    kata,
    specHash,
    attemptHash: subject.hash,
    verdict,
    points: score.points,
    properties: report.properties.map(({ id, points, outcome }) => {
      return { id, points, held: outcome === "held" };
    }),
    budgets: report.budgets.map(({ id, kind, outcome, ratio }) => {
      return { id, kind, outcome, ...(ratio === undefined ? {} : { ratio }) };
    }),
    hints,
    ...(minutes === undefined ? {} : { minutes }),
    ...(timedMinutes === undefined ? {} : { timedMinutes }),
    gaveUp: gaveUpAt !== undefined && (passedAt === undefined || gaveUpAt < passedAt),
    gradedAt: times.startedAt,
    seed,
    versions: { kata: environment.kata, node: environment.node },
  };
}

/** Whole minutes from one instant to a later one, when both are known. */
export function minutesBetween(
  from: string | undefined,
  to: string | undefined,
): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  // oxlint-disable-next-line no-restricted-globals -- reads a written instant, not the clock
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  return Number.isFinite(minutes) && minutes >= 0 ? minutes : undefined;
}
