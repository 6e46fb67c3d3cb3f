import type { GradeReport, PropertyResult } from "../../../graders/index.ts";
import { renderPage } from "../../scaffold/render.ts";
import { PAGE_MARK } from "../../workspace/write-page.ts";
import { aroundDifference } from "../around-difference.ts";
import { numbersOf } from "../budget-text.ts";
import { duration, growthChart } from "../chart/growth-chart.ts";
import { multiplesChart } from "../chart/multiples-chart.ts";
import { frameIn, number, plain, replayCommand, worthOf } from "../grade-facts.ts";
import { pathFrom } from "../path-from.ts";
import { STORY_CSS } from "../story/story-css.ts";
import { storySection } from "../story/story-html.ts";
import { withoutControls } from "../style.ts";
import { PAGE_CSS } from "./page-css.ts";

const LONGEST_VALUE = 4_000;
const LONGEST_OUTPUT = 20_000;
const MOST_STEPS = 200;

/** Words for an outcome that is no pass and no failure of the attempt's. */
const MARK_OF = { held: "✓", within: "✓", "not-run": "–", inconclusive: "~" } as const;

/** A grade as one page that needs nothing else: everything that the report knows. */
export function gradeHtml(report: GradeReport, cwd: string): string {
  const { kata, verdict, reason, detail, score, properties, budgets, protections, times } = report;
  const head = `${verdict}${reason === undefined ? "" : `: ${reason}`}`;
  return renderPage("grade/report.html.hbs", {
    mark: PAGE_MARK,
    css: STORY_CSS + PAGE_CSS,
    kata,
    head,
    detail,
    isPassed: verdict === "passed",
    isJudged: verdict !== "ungradable",
    score: {
      points: number(score.points),
      properties: number(score.properties),
      budgets: number(score.budgets),
      judged: score.judged < 100 ? number(score.judged) : undefined,
    },
    denials: report.denials.map((one) => ({ ...one, file: pathFrom(cwd, one.file) })),
    typeProblems: report.typeProblems.map((one) => ({ ...one, file: pathFrom(cwd, one.file) })),
    properties: properties.map((property) => ({
      ...property,
      mark: markOf(property.outcome),
      kind: kindOf(property.outcome),
      got: property.outcome === "held" ? number(worthOf(property, properties)) : "0",
      worth: number(worthOf(property, properties)),
      runs: property.runs.toLocaleString("en"),
      time: duration(Math.max(0.001, property.ms)),
    })),
    failures: properties.flatMap((property) => failureOf(report, property)),
    multiples: multiplesChart(budgets),
    budgets: budgets.map((budget) => {
      const { id, outcome, what } = budget;
      return {
        id,
        outcome,
        what,
        mark: markOf(outcome),
        kind: kindOf(outcome),
        numbers: numbersOf(budget),
      };
    }),
    growth: budgets.flatMap((budget) => {
      const chart = growthChart(budget, numbersOf(budget));
      if (chart === undefined) return [];
      const points = (budget.points ?? []).map(({ size, attemptMs, referenceMs }) => ({
        size: size.toLocaleString("en"),
        mine: duration(attemptMs),
        reference: duration(referenceMs),
      }));
      return [{ id: budget.id, what: budget.what, numbers: numbersOf(budget), chart, points }];
    }),
    protections: protections.map(({ id, active, detail: how }) => {
      return { id, state: active ? "active" : "not active", how };
    }),
    environment: Object.entries(report.environment),
    output: clip(withoutControls(report.output).trim(), LONGEST_OUTPUT),
    run: {
      startedAt: times.startedAt,
      seconds: (times.totalMs / 1000).toFixed(1),
      seed: report.seed,
      freshSeed: report.freshSeed,
      specHash: report.specHash,
      file: pathFrom(cwd, report.subject.file),
      hash: report.subject.hash,
    },
  });
}

function failureOf(report: GradeReport, property: PropertyResult): object[] {
  const { id, rules, rulesText, outcome, failure, replay } = property;
  if (failure === undefined) return [];
  const { what, input, stack, steps, story } = failure;
  const shown = aroundDifference(failure.expected, failure.actual, LONGEST_VALUE);
  const facts = [
    ...rules.map((rule, index): Fact => [`Rule ${rule}`, plain(rulesText[index] ?? "")]),
    ["Looked at", what] satisfies Fact,
    [
      "Input",
      steps === undefined && story === undefined && input !== what ? input : undefined,
    ] satisfies Fact,
    ["Expected", shown.expected] satisfies Fact,
    ["Got", shown.actual] satisfies Fact,
    ["Thrown", frameIn(report.subject.file, stack)] satisfies Fact,
  ]
    .filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== "")
    .map(([name, text]) => ({ name, text: clip(text, LONGEST_VALUE) }));
  const more = (steps?.length ?? 0) - MOST_STEPS;
  return [
    {
      id,
      outcome,
      facts,
      steps: steps?.slice(0, MOST_STEPS).map((step) => clip(step, LONGEST_VALUE)),
      more: more > 0 ? more : undefined,
      story: story === undefined ? undefined : storySection(story),
      replay: replay === undefined ? undefined : replayCommand(report, replay),
    },
  ];
}

type Fact = [string, string | undefined];

function clip(text: string, longest: number): string {
  const more = text.length - longest;
  return more > 0
    ? `${text.slice(0, longest)}… (${more.toLocaleString("en")} more characters)`
    : text;
}

function markOf(outcome: string): string {
  return outcome in MARK_OF ? MARK_OF[outcome as keyof typeof MARK_OF] : "✗";
}

function kindOf(outcome: string): string {
  if (outcome === "held" || outcome === "within") return "held";
  return outcome in MARK_OF ? "open" : "broken";
}
