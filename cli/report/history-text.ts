import { say, sayCount, sayKnown } from "../../graders/reading.ts";
import type { KataHistory, PastAttempt, PastGrade } from "../history/read-attempts.ts";
import type { CliContext } from "../context.ts";
import { layTable } from "./lay-table.ts";
import { localTime } from "./local-time.ts";
import { sparkline } from "./sparkline.ts";
import { createStyle, withoutControls, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

const SPARK_WIDTH = 10;
const MOST_GRADES = 12;
/** Behind the points of a grade by a spec that the kata no longer has. */
const OLDER = "*";

type Where = Pick<CliContext, "columns" | "color">;

/** A line for each kata: attempts, points over time, and what the best attempt took. */
export function historyText(katas: readonly KataHistory[], ctx: Where): string {
  const style = createStyle(ctx.color);
  const head = [
    say`kata`,
    say`tries`,
    say`points`,
    say`best`,
    say`ratio`,
    say`to pass`,
    say`hints`,
  ];
  const rows = katas.map((history) => {
    const { kata, tries, best, ratio, toPass, hints } = summaryOf(history);
    const bars = sparkline(points(wholeGrades(history.attempts)), 100, SPARK_WIDTH);
    return [withoutControls(kata), tries, bars, best, ratio, toPass, hints];
  });
  const align = ["left", "right", "left", "right", "right", "right", "right"] as const;
  const next = say`One kata in full: kata history <slug>\nAs a page:        kata history --html <file>`;
  const table = layTable([head, ...rows], align, ctx.columns, style);
  const blocks = [table, legend(katas, ctx.columns), next];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** A kata's history in a line of figures. */
export function summaryOf({ kata, attempts }: KataHistory): Record<Figure, string> {
  const grades = wholeGrades(attempts);
  const best = grades.reduce<PastGrade | undefined>(
    (top, grade) => (top === undefined || grade.points >= top.points ? grade : top),
    undefined,
  );
  const fastest = smallest(attempts.map(({ minutesToPass }) => minutesToPass));
  return {
    kata,
    tries: String(attempts.length),
    best: best === undefined ? "-" : `${best.points}${best.isByOlderSpec ? OLDER : ""}`,
    ratio: ratioText(smallest(grades.map(({ ratio }) => ratio))),
    toPass: fastest === undefined ? "-" : say`${fastest} min`,
    hints: String(attempts.reduce((sum, { hints }) => sum + hints, 0)),
  };
}

type Figure = "kata" | "tries" | "best" | "ratio" | "toPass" | "hints";

/** Every attempt at one kata, with its grades. */
export function kataHistoryText(history: KataHistory, ctx: Where): string {
  const style = createStyle(ctx.color);
  const { attempts, kata } = history;
  const count = sayCount(attempts.length, "{n} attempt", "{n} attempts");
  const blocks = [style.bold(withoutControls(`${kata}: ${count}`))];
  for (const [index, attempt] of attempts.entries()) {
    blocks.push(attemptBlock(attempt, index + 1, style, ctx.columns));
  }
  blocks.push(legend([history], ctx.columns));
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function attemptBlock(attempt: PastAttempt, number: number, style: Style, columns: number): string {
  const { startedAt, grades } = attempt;
  const start = startedAt === undefined ? "" : say`, started ${localTime(startedAt)}`;
  const lines = [style.bold(say`Attempt ${number}${start}`)];
  const bars = sparkline(points(wholeGrades([attempt])), 100, 40);
  if (bars !== "") lines.push(`  ${bars}`);
  lines.push(wrap(factsOf(attempt).join(", "), columns, "  "));
  const shown = grades.slice(-MOST_GRADES);
  const earlier = grades.length - shown.length;
  if (earlier > 0) lines.push(`  ${say`… ${earlier} earlier grades`}`);
  const cells = shown.map((grade) => [
    localTime(grade.at),
    [grade.verdict, grade.reason ?? []]
      .flat()
      .map((id) => sayKnown(id))
      .join(": "),
    `${grade.points}${grade.isByOlderSpec ? OLDER : ""}`,
    ratioText(grade.ratio),
    noteOf(grade),
  ]);
  if (cells.length > 0) {
    const hasNotes = shown.some((grade) => noteOf(grade) !== "");
    const head = [say`when`, say`verdict`, say`points`, say`ratio`, say`remark`];
    const align = ["left", "left", "right", "right", "left"] as const;
    const rows = [head, ...cells].map((row) => (hasNotes ? row : row.slice(0, -1)));
    const table = layTable(rows, align, columns - 2, style);
    lines.push("", table.replaceAll(/^(?=.)/gm, "  "));
  }
  return lines.join("\n");
}

/** What an attempt came to, a few words each. */
export function factsOf(attempt: PastAttempt): string[] {
  const { best, minutesToPass, timedMinutes, hints, gaveUp, ratio } = attempt;
  const over = timedMinutes === undefined ? 0 : (minutesToPass ?? 0) - timedMinutes;
  const isNever = minutesToPass === undefined;
  return [
    best === undefined ? say`no whole grade` : say`best ${best}`,
    ...(isNever ? [] : [say`first pass after ${minutesToPass} min`]),
    ...(timedMinutes === undefined ? [] : [say`clock of ${timedMinutes} min`]),
    ...(over > 0 ? [say`${over} min over`] : []),
    ...(ratio === undefined ? [] : [say`${ratioText(ratio)} the reference`]),
    sayCount(hints, "{n} hint", "{n} hints"),
    ...(gaveUp ? [say`solution opened`] : []),
  ];
}

/** What there is to say of a grade besides its figures. */
export function noteOf({ isWhole, isRegrade }: PastGrade): string {
  if (isRegrade) return say`graded again`;
  return isWhole ? "" : say`in part`;
}

/** The grades of attempts that judged everything, oldest first. */
export function wholeGrades(attempts: readonly PastAttempt[]): PastGrade[] {
  return attempts.flatMap(({ grades }) => grades.filter(({ isWhole }) => isWhole));
}

/** A ratio to the reference, in two decimals; a dash for none. */
export function ratioText(ratio: number | undefined): string {
  return ratio === undefined ? "-" : `${ratio.toFixed(2)}x`;
}

function legend(katas: readonly KataHistory[], columns: number): string {
  const grades = katas.flatMap(({ attempts }) => attempts.flatMap(({ grades: all }) => all));
  if (!grades.some(({ isByOlderSpec }) => isByOlderSpec)) return "";
  return wrap(`${OLDER} ${say`by an older spec. Grade again: kata regrade`}`, columns);
}

function points(grades: readonly PastGrade[]): number[] {
  return grades.map((grade) => grade.points);
}

function smallest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
