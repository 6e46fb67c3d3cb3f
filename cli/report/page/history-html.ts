import type { KataHistory, PastAttempt } from "../../history/read-attempts.ts";
import { renderPage } from "../../scaffold/render.ts";
import { PAGE_MARK } from "../../workspace/write-page.ts";
import { barsChart } from "../chart/bars-chart.ts";
import { ratioChart, scoreChart } from "../chart/past-charts.ts";
import { factsOf, noteOf, ratioText, summaryOf, wholeGrades } from "../history-text.ts";
import { localTime } from "../local-time.ts";
import { STORY_CSS } from "../story/story-css.ts";
import { PAGE_CSS } from "./page-css.ts";

/** How much of a kata is shown; more would make the page too large to open. */
interface Limits {
  readonly points: number;
  readonly attempts: number;
  readonly grades: number;
}

const ALONE: Limits = { points: 200, attempts: 30, grades: 20 };
const AMONG_OTHERS: Limits = { points: 40, attempts: 6, grades: 10 };
/** Katas that are shown in full; the others have a line. */
const MOST_IN_FULL = 10;
const MOST_BARS = 100;

/** Attempts over time as one page that needs nothing else. */
export function historyHtml(katas: readonly KataHistory[]): string {
  const bars = katas.flatMap(({ kata, attempts }) =>
    attempts.flatMap(({ minutesToPass }, index) => {
      const name = attempts.length > 1 ? `${kata} ${index + 1}` : kata;
      return minutesToPass === undefined ? [] : [{ name, value: minutesToPass }];
    }),
  );
  const limits = katas.length === 1 ? ALONE : AMONG_OTHERS;
  const shown = latestFirst(katas).slice(0, MOST_IN_FULL);
  return renderPage("history/history.html.hbs", {
    mark: PAGE_MARK,
    css: STORY_CSS + PAGE_CSS,
    summaries: katas.length > 1 ? katas.map(summaryOf) : undefined,
    katas: shown.map((history) => kataOf(history, limits)),
    omitted: katas.length - shown.length,
    minutes:
      bars.length === 0
        ? undefined
        : barsChart({
            id: "minutes",
            title: "Minutes from start to first pass",
            label: "minutes from start to first pass",
            unit: "min",
            bars: bars.slice(-MOST_BARS),
          }),
  });
}

/** What was graded last is what one comes to see. */
function latestFirst(katas: readonly KataHistory[]): KataHistory[] {
  const latest = ({ attempts }: KataHistory): string =>
    attempts.at(-1)?.grades.at(-1)?.at ?? attempts.at(-1)?.startedAt ?? "";
  return katas.toSorted((a, b) => (latest(a) < latest(b) ? 1 : latest(a) > latest(b) ? -1 : 0));
}

function kataOf(history: KataHistory, limits: Limits): object {
  const { kata, attempts, specHash } = history;
  const grades = wholeGrades(attempts).slice(-limits.points);
  return {
    kata,
    specHash,
    score: scoreChart(history, grades),
    ratio: ratioChart(history, grades),
    attempts: attempts
      .map((attempt, index) => attemptOf(attempt, index + 1, limits))
      .slice(-limits.attempts),
  };
}

function attemptOf(attempt: PastAttempt, number: number, limits: Limits): object {
  const { startedAt, grades } = attempt;
  const shown = grades.slice(-limits.grades);
  return {
    number,
    started: startedAt === undefined ? undefined : localTime(startedAt),
    facts: factsOf(attempt).join(", "),
    earlier: grades.length > shown.length ? grades.length - shown.length : undefined,
    grades: shown.map((grade) => ({
      at: localTime(grade.at),
      verdict: grade.verdict,
      reason: grade.reason,
      kind: grade.verdict === "passed" ? "held" : "broken",
      points: String(grade.points),
      ratio: ratioText(grade.ratio),
      spec: grade.isByOlderSpec ? `older spec ${grade.specHash}` : "",
      note: noteOf(grade),
    })),
  };
}
