import { say, sayCount } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { budgetRatio } from "../group/best-grades.ts";
import type { Comparison, KataComparison, Standing } from "../group/compare-shares.ts";
import type { Regrade } from "../group/regrade-shares.ts";
import { layTable } from "./lay-table.ts";
import { MARKS } from "./marks.ts";
import { createStyle, withoutControls } from "./style.ts";
import { wrap } from "./wrap.ts";

type Where = Pick<CliContext, "color" | "columns">;

/** Who stands where, kata by kata; with one kata, its properties too. */
export function compareText(
  { members, katas }: Comparison,
  regraded: readonly Regrade[] | undefined,
  ctx: Where,
  withProperties: boolean,
): string {
  const style = createStyle(ctx.color);
  const blocks = katas.map((kata) => {
    const title = `${style.bold(kata.kata)}  ${style.dim(say`spec ${kata.specHash}`)}`;
    const parts = [title, standingsTable(kata, ctx)];
    if (withProperties) parts.push("", propertyTable(kata, ctx));
    return parts.join("\n");
  });
  const notes = [
    ...katas.flatMap(({ kata, standings }) =>
      standings.flatMap(({ member, doubt }) =>
        doubt === undefined ? [] : [`${MARKS.warning} ${plain(member)}, ${kata}: ${doubt}.`],
      ),
    ),
    ...(regraded ?? []).map(({ member, kata, claimed, differs }) =>
      differs === undefined
        ? `${MARKS.good} ${say`${plain(member)}, ${kata}: ${claimed} points, graded again.`}`
        : `${MARKS.bad} ${say`${plain(member)}, ${kata}: claims ${claimed}, ${differs}.`}`,
    ),
  ].map((line) => wrap(line, ctx.columns, "", "  "));
  const rule = say`Order: points, then the mean budget ratio to one decimal, hints, minutes. A dash: graded by another spec, so not compared.`;
  const count = sayCount(members.length, "{n} member", "{n} members");
  const foot = [count, wrap(rule, ctx.columns)].join("\n");
  return `${[...blocks, ...(notes.length > 0 ? [notes.join("\n")] : []), foot].join("\n\n")}\n`;
}

const HEAD = ["", say`member`, say`points`, say`ratio`, say`hints`, say`min`, say`graded`];

function standingsTable({ standings }: KataComparison, ctx: Where): string {
  const rows = standings.map(({ member, grade, place, doubt }) => [
    place === undefined ? "-" : `${place}`,
    `${plain(member)}${doubt === undefined ? "" : ` ${MARKS.warning}`}`,
    `${grade.points}${grade.gaveUp ? say` gave up` : ""}`,
    ratioText(grade),
    `${grade.hints}`,
    grade.minutes === undefined ? "?" : `${grade.minutes}${timedNote(grade)}`,
    plain(grade.gradedAt.slice(0, 10)),
  ]);
  const align = ["right", "left", "right", "right", "right", "right", "left"] as const;
  return layTable([HEAD, ...rows], align, ctx.columns, createStyle(ctx.color));
}

/** Which properties each member holds, under the spec that is compared. */
function propertyTable({ standings, specHash }: KataComparison, ctx: Where): string {
  const same = standings.filter(({ grade }) => grade.specHash === specHash);
  const ids = same[0]?.grade.properties.map(({ id, points }) => ({ id, points })) ?? [];
  const rows = ids.map(({ id, points }) => [
    plain(id),
    `${points}`,
    ...same.map(({ grade }) => {
      const held = grade.properties.find((property) => property.id === id)?.held;
      return held === undefined ? "?" : held ? MARKS.good : MARKS.bad;
    }),
  ]);
  const head = [say`property`, say`points`, ...same.map(({ member }) => plain(member))];
  const align = head.map((_, column) => (column === 1 ? "right" : "left"));
  return layTable([head, ...rows], align, ctx.columns, createStyle(ctx.color));
}

/** One line a standing, for a spreadsheet. */
export function compareCsv({ katas }: Comparison): string {
  const head = "kata,specHash,compared,place,member,points,ratio,hints,minutes,timedMinutes,gaveUp";
  const rows = katas.flatMap(({ kata, standings }) =>
    standings.map(({ member, grade, place }: Standing) => {
      const ratio = budgetRatio(grade.budgets);
      return [
        kata,
        grade.specHash,
        place === undefined ? "no" : "yes",
        place ?? "",
        member,
        grade.points,
        Number.isFinite(ratio) ? ratio.toFixed(3) : "",
        grade.hints,
        grade.minutes ?? "",
        grade.timedMinutes ?? "",
        grade.gaveUp ? "yes" : "no",
      ]
        .map(csvCell)
        .join(",");
    }),
  );
  return `${[head, ...rows].join("\r\n")}\r\n`;
}

/** Quoted as RFC 4180 asks; what a spreadsheet would run as a formula begins with an apostrophe. */
function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function ratioText({ budgets }: Standing["grade"]): string {
  const ratio = budgetRatio(budgets);
  return Number.isFinite(ratio) ? `${ratio.toFixed(2)}x` : "?";
}

function timedNote({ timedMinutes }: Standing["grade"]): string {
  return timedMinutes === undefined ? "" : say` of ${timedMinutes}`;
}

/** A member's file is written by somebody else: nothing in it may steer the terminal. */
function plain(text: string): string {
  return withoutControls(text).replaceAll(/\s+/g, " ");
}
