import type { KataHistory, PastAttempt } from "../../history/read-attempts.ts";
import { renderPage } from "../../scaffold/render.ts";
import { PAGE_MARK } from "../../workspace/write-page.ts";
import { barsChart } from "../chart/bars-chart.ts";
import { ratioChart, scoreChart } from "../chart/past-charts.ts";
import { factsOf, noteOf, ratioText, wholeGrades } from "../history-text.ts";
import { localTime } from "../local-time.ts";
import { STORY_CSS } from "../story/story-css.ts";
import { PAGE_CSS } from "./page-css.ts";

/** More would make the page too large to open. */
const MOST_IN_CHART = 200;
const MOST_IN_TABLE = 100;

/** Attempts over time as one page that needs nothing else. */
export function historyHtml(katas: readonly KataHistory[]): string {
  const bars = katas.flatMap(({ kata, attempts }) =>
    attempts.flatMap(({ minutesToPass }, index) => {
      const name = attempts.length > 1 ? `${kata} ${index + 1}` : kata;
      return minutesToPass === undefined ? [] : [{ name, value: minutesToPass }];
    }),
  );
  return renderPage("history/history.html.hbs", {
    mark: PAGE_MARK,
    css: STORY_CSS + PAGE_CSS,
    katas: katas.map((history) => kataOf(history)),
    minutes:
      bars.length === 0
        ? undefined
        : barsChart({
            id: "minutes",
            title: "Minutes from start to first pass",
            label: "minutes from start to first pass",
            unit: "min",
            bars: bars.slice(-MOST_IN_CHART),
          }),
  });
}

function kataOf(history: KataHistory): object {
  const { kata, attempts, specHash } = history;
  const grades = wholeGrades(attempts).slice(-MOST_IN_CHART);
  return {
    kata,
    specHash,
    score: scoreChart(history, grades),
    ratio: ratioChart(history, grades),
    attempts: attempts.map((attempt, index) => attemptOf(attempt, index + 1)),
  };
}

function attemptOf(attempt: PastAttempt, number: number): object {
  const { startedAt, grades } = attempt;
  const shown = grades.slice(-MOST_IN_TABLE);
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
