import { say, sayKnown } from "../../graders/reading.ts";
import type { GradeReport, PropertyResult } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { aroundDifference } from "./around-difference.ts";
import { frameIn, number, plain, replayCommand, worthOf } from "./grade-facts.ts";
import { budgetText } from "./budget-text.ts";
import { breakLongWords } from "./break-long-words.ts";
import { MARKS } from "./marks.ts";
import { pathFrom } from "./path-from.ts";
import { storyText } from "./story/story-text.ts";
import { createStyle, withoutControls, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

const LONGEST_VALUE = 600;
const MOST_RULES_IN_FULL = 2;
const MOST_OUTPUT_LINES = 8;
const MOST_TYPE_PROBLEMS = 5;
/** What stands beside a name and its mark on a line: points and the longest outcome. */
const NARROW_REST = 28;

type Where = Pick<CliContext, "cwd" | "columns" | "color">;

/** A grade as a person reads it: properties, what broke, budgets, score, verdict, what next. */
export function gradeText(report: GradeReport, ctx: Where): string {
  const style = createStyle(ctx.color);
  const width = Math.min(ctx.columns, 100);
  const failed = report.properties.filter(({ outcome }) => !["held", "not-run"].includes(outcome));
  const blocks = [
    style.bold(`${report.kata}: ${pathFrom(ctx.cwd, report.subject.file)}`),
    denialBlock(report, style, ctx, width),
    typeBlock(report, style, ctx, width),
    propertyBlock(report, style, width),
    unwrittenBlock(report, failed.filter(isUnwritten), style, width),
    ...failed
      .filter((property) => !isUnwritten(property))
      .map((property) => failureBlock(report, property, style, width)),
    budgetBlock(report, style, width),
    outputBlock(report, style),
    verdictBlock(report, style, width),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function denialBlock({ denials }: GradeReport, style: Style, ctx: Where, width: number): string {
  if (denials.length === 0) return "";
  const more = denials.length - MOST_TYPE_PROBLEMS;
  const rest = more > 0 ? [`  ${say`… and ${more} more`}`] : [];
  const lines = denials.slice(0, MOST_TYPE_PROBLEMS).flatMap((denial) => {
    const { file, line, column, what, why, instead } = denial;
    const place = `${pathFrom(ctx.cwd, file)}:${line}:${column}`;
    return [
      `  ${style.red(MARKS.bad)} ${place}  ${style.bold(withoutControls(what))}`,
      wrap(
        say`Not allowed: ${withoutControls(why)}. Instead, ${withoutControls(instead)}.`,
        width,
        "    ",
      ),
    ];
  });
  return [style.bold(say`Not allowed`), ...lines, ...rest].join("\n");
}

function typeBlock(report: GradeReport, style: Style, ctx: Where, width: number): string {
  if (report.typeProblems.length === 0) return "";
  const more = report.typeProblems.length - MOST_TYPE_PROBLEMS;
  const rest = more > 0 ? [`  ${say`… and ${more} more`}`] : [];
  const lines = report.typeProblems
    .slice(0, MOST_TYPE_PROBLEMS)
    .flatMap(({ file, line, column, code, message }) => [
      `  ${style.red(MARKS.bad)} ${pathFrom(ctx.cwd, file)}:${line}:${column}  ${style.dim(code)}`,
      wrap(withoutControls(message), width, "    "),
    ]);
  return [style.bold(say`Types`), ...lines, ...rest].join("\n");
}

function propertyBlock(
  { properties, options, verdict }: GradeReport,
  style: Style,
  width: number,
): string {
  const shown = properties.filter(
    ({ outcome, id }) => outcome !== "not-run" || options.only !== id,
  );
  if (shown.length === 0 || verdict === "ungradable") return "";
  const wide = Math.max(...shown.map(({ id }) => id.length));
  const isNarrow = wide + NARROW_REST + MARKS.none.length > width;
  const lines = shown.map((property) => {
    const { id, outcome } = property;
    const worth = number(worthOf(property, properties));
    const got = outcome === "held" ? worth : "0";
    const note = outcome === "held" ? "" : `  ${sayKnown(outcome)}`;
    const value = say`${got.padStart(4)} of ${worth.padStart(4)}${note}`;
    const name = isNarrow ? `${id}\n    ` : `${id.padEnd(wide)}  `;
    return `  ${markOf(outcome, style)} ${name}${value}`;
  });
  return [style.bold(say`Properties`), ...lines].join("\n");
}

const UNWRITTEN = /^threw Error: unimplemented: (.+)$/;

function isUnwritten({ failure }: PropertyResult): boolean {
  return UNWRITTEN.test(failure?.actual ?? "");
}

/** Properties that only met the stub's own exception need no block each. */
function unwrittenBlock(
  { subject }: GradeReport,
  properties: readonly PropertyResult[],
  style: Style,
  width: number,
): string {
  const met = new Map<string, { line: string; ids: string[] }>();
  for (const { id, failure } of properties) {
    const name = UNWRITTEN.exec(failure?.actual ?? "")?.[1] ?? "";
    const line = /:(\d+):\d+\)?$/.exec(frameIn(subject.file, failure?.stack) ?? "")?.[1];
    const known = met.get(name) ?? { line: "", ids: [] };
    met.set(name, { line: line ?? known.line, ids: [...known.ids, id] });
  }
  return [...met]
    .map(([name, { line, ids }]) => {
      const place = line === "" ? name : say`${name}, line ${line}`;
      const headline = style.bold(say`Not written yet: ${place}`);
      const text = wrap(say`Met by ${ids.join(", ")}.`, width, "  ");
      return `${style.yellow(MARKS.warning)} ${headline}\n${text}`;
    })
    .join("\n\n");
}

function failureBlock(
  report: GradeReport,
  { id, rules, rulesText, outcome, failure, replay }: PropertyResult,
  style: Style,
  width: number,
): string {
  const lines = [`${style.red(MARKS.bad)} ${style.bold(id)}  ${sayKnown(outcome)}`];
  lines.push(...ruleLines(rules, rulesText, width));
  if (failure !== undefined) {
    const { what, input, steps, stack } = failure;
    const shown = aroundDifference(failure.expected, failure.actual, LONGEST_VALUE);
    lines.push(field(say`Looked at`, what, width));
    const isTold = steps !== undefined || failure.story !== undefined;
    if (!isTold && input !== what) lines.push(field(say`Input`, input, width));
    if (steps !== undefined) lines.push(...stepLines(input, steps, width));
    lines.push(field(say`Expected`, shown.expected, width), field(say`Got`, shown.actual, width));
    lines.push(field(say`Thrown`, frameIn(report.subject.file, stack), width));
    if (failure.story !== undefined) lines.push(storyText(failure.story, style, width));
  }
  if (replay !== undefined) {
    // Not wrapped: it is there to be copied.
    lines.push(`  ${say`Replay`.padEnd(10)} ${replayCommand(report, replay)}`);
  }
  return lines.filter((line) => line !== "").join("\n");
}

/** A rule or two in full; of more, their names: the statement has the words. */
function ruleLines(rules: readonly number[], texts: readonly string[], width: number): string[] {
  if (rules.length <= MOST_RULES_IN_FULL) {
    return rules.map((rule, index) =>
      wrap(say`Rule ${rule}: ${plain(texts[index] ?? "")}`, width, "  ", "    "),
    );
  }
  const names = rules.map((rule, index) => {
    const name = /^\*\*(.+?)\.?\*\*/.exec(texts[index] ?? "")?.[1];
    return name === undefined ? String(rule) : `${rule} ${name}`;
  });
  return [wrap(say`Rules ${names.join(", ")}`, width, "  ", "    ")];
}

function stepLines(input: string | undefined, steps: readonly string[], width: number): string[] {
  const setup = /^\{"?setup"?:([\s\S]*),"?steps"?:\[/.exec(input ?? "")?.[1];
  const numbered = steps.map((step, index) => {
    const label = `  ${String(index + 1).padStart(3)}. `;
    const shown = breakLongWords(withoutControls(step), width - label.length);
    return wrap(shown, width, label, " ".repeat(label.length));
  });
  return [field(say`Set-up`, setup, width), `  ${say`Steps`}`, ...numbered];
}

function budgetBlock(
  { budgets, options, properties }: GradeReport,
  style: Style,
  width: number,
): string {
  if (budgets.length === 0) {
    const partial = options.only !== undefined || options.replay !== undefined;
    if (partial || !options.budget || properties.length === 0) return "";
    const text = say`not judged: a budget counts once every property holds`;
    return [style.bold(say`Budgets`), wrap(text, width, `  ${MARKS.part} `, "    ")].join("\n");
  }
  const wide = Math.max(...budgets.map(({ id }) => id.length));
  return [
    style.bold(say`Budgets`),
    ...budgets.map((budget) => budgetText(budget, wide, style, width)),
  ].join("\n");
}

function outputBlock({ output }: GradeReport, style: Style): string {
  // What node says of its own end when the heap is full is not the attempt's.
  const own = output.split("<--- Last few GCs --->")[0] ?? "";
  if (own.trim() === "") return "";
  const lines = withoutControls(own.trim()).split("\n");
  const kept = lines
    .slice(0, MOST_OUTPUT_LINES)
    .map((line) => `  ${style.dim(line.slice(0, 200))}`);
  const more =
    lines.length > kept.length ? [`  ${say`… ${lines.length - kept.length} more lines`}`] : [];
  return [style.bold(say`Your code printed`), ...kept, ...more].join("\n");
}

function verdictBlock(report: GradeReport, style: Style, width: number): string {
  const { verdict, reason, detail, score, options, times } = report;
  const paint =
    verdict === "passed" ? style.green : verdict === "failed" ? style.red : style.yellow;
  const mark = {
    passed: MARKS.good,
    failed: MARKS.bad,
    inconclusive: MARKS.part,
    ungradable: MARKS.warning,
  }[verdict];
  const headline = paint(
    style.bold(
      `${mark} ${sayKnown(verdict)}${reason === undefined ? "" : `: ${sayKnown(reason)}`}`,
    ),
  );
  const lines = [headline];
  if (detail !== undefined) lines.push(wrap(withoutControls(detail), width, "  "));
  if (verdict !== "ungradable") {
    const parts = say`properties ${number(score.properties)}/70, budgets ${number(score.budgets)}/30`;
    lines.push(
      wrap(say`Score ${style.bold(`${number(score.points)}/100`)}  (${parts})`, width, "  "),
    );
    if (score.judged < 100) {
      lines.push(wrap(say`This grade judged ${number(score.judged)} of 100 points.`, width, "  "));
    }
  }
  if (options.runs !== undefined) {
    const runs = say`With --runs ${options.runs} this grade is a trial: it does not count as a pass.`;
    lines.push(wrap(runs, width, "  "));
  }
  const run = say`${(times.totalMs / 1000).toFixed(1)} s, seed ${report.seed}, spec ${report.specHash}`;
  lines.push(style.dim(wrap(run, width, "  ")));
  const next = nextStep(report);
  if (next !== "" && options.replay === undefined) lines.push(wrap(next, width, "  "));
  return lines.join("\n");
}

function nextStep({ kata, verdict, reason, score, options }: GradeReport): string {
  if (verdict === "passed" && score.judged === 100 && options.runs === undefined)
    return say`Compare with ours: kata review ${kata}`;
  if (verdict === "passed") return say`Grade it whole: kata grade ${kata}`;
  if (reason === "over-budget") return say`Where the time goes is told in: kata hint ${kata}`;
  if (verdict === "ungradable") return say`Mend it and grade again: kata grade ${kata}`;
  if (reason === "rejected" && score.properties === 0) return say`Read the task: kata show ${kata}`;
  if (reason === "rejected") return say`Stuck? kata hint ${kata}`;
  return "";
}

function markOf(outcome: string, style: Style): string {
  if (outcome === "held") return style.green(MARKS.good);
  return outcome === "not-run" ? style.dim(MARKS.part) : style.red(MARKS.bad);
}

function field(name: string, value: string | undefined, width: number): string {
  if (value === undefined || value === "") return "";
  const shown = breakLongWords(withoutControls(value), width - 13);
  return wrap(shown, width, `  ${name.padEnd(10)} `, " ".repeat(13));
}
