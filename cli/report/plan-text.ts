import { say, sayKnown } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { type CalendarDate, daysBetween, weekdayOf } from "../plan/calendar-date.ts";
import type { KeptPlan } from "../plan/kept-plan.ts";
import type { PlannedDate, PlannedItem } from "../plan/lay-out-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { MARKS } from "./marks.ts";
import { createStyle, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

export interface ShownPlan {
  readonly plan: Plan;
  readonly dates: readonly PlannedDate[];
  readonly today: CalendarDate;
  /** Whether its start is kept; else it is shown as if it began today. */
  readonly isBegun: boolean;
  readonly chosen: KeptPlan;
  /** Every date instead of the week ahead. */
  readonly isWhole: boolean;
}

const DAYS_AHEAD = 6;

/** A plan as a person reads it: today in full, then a line for each date. */
export function planText(shown: ShownPlan, ctx: Pick<CliContext, "columns" | "color">): string {
  const { dates, today, isBegun, isWhole, chosen } = shown;
  const style = createStyle(ctx.color);
  const width = Math.min(ctx.columns, 100);
  const current = dates.find(({ date }) => date === today);
  const others = dates.filter(({ date }) => {
    const ahead = daysBetween(chosen.start > today ? chosen.start : today, date);
    return isWhole || !isBegun || (date > today && ahead >= 0 && ahead <= DAYS_AHEAD);
  });
  const blocks = [
    style.bold(wrap(headline(shown), width)),
    ...(current !== undefined && isBegun ? [dayBlock(current, style, width)] : []),
    others.map((date) => dateLine(date, today, style, width)).join("\n"),
    wrap(footer(shown, chosen), width),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function headline({ plan, dates, today, isBegun, chosen }: ShownPlan): string {
  const { start, track } = chosen;
  const length = dates.filter(({ work }) => work !== undefined).length;
  const title = plan.tracks.find(({ name }) => name === track)?.title;
  const name =
    title === undefined
      ? say`The ${length}-day plan`
      : say`The ${sayKnown(track ?? "")} track: ${title}`;
  if (!isBegun) return say`${name}. It would begin today.`;
  const nth = daysBetween(start, today) + 1;
  if (nth < 1) return say`${name} begins on ${sayKnown(weekdayOf(start))} ${start}.`;
  if (nth > length) return say`${name} began on ${start}; its ${length} days are over.`;
  const week = track === undefined ? plan.weeks[Math.floor((nth - 1) / 7)] : undefined;
  const of = week === undefined ? "" : `, ${week}`;
  return say`${name}: day ${nth} of ${length}${of}.`;
}

function dayBlock({ work, items }: PlannedDate, style: Style, width: number): string {
  const lines: string[] = [];
  if (work !== undefined) {
    const { id, title, topics, practice } = work.day;
    lines.push(style.bold(say`Today, ${id}: ${title}`));
    lines.push(...topics.map((topic) => wrap(topic, width, "  - ", "    ")));
    lines.push(wrap(say`Try: ${practice}`, width, "  ", "    "));
  } else {
    lines.push(style.bold(say`Today: what is left`));
  }
  lines.push(...items.flatMap((item) => itemLines(item, style, width)));
  if (items.length === 0) lines.push(`  ${say`Nothing to grade today.`}`);
  const planned = (work?.planned ?? []).map(({ slug }) => slug).join(", ");
  if (planned !== "")
    lines.push(style.dim(wrap(say`Planned, not yet there: ${planned}`, width, "  ", "    ")));
  return lines.join("\n");
}

function itemLines(
  { command, title, minutes, state, of }: PlannedItem,
  style: Style,
  width: number,
): string[] {
  const mark =
    state === "done"
      ? style.green(MARKS.good)
      : state === "moved"
        ? style.yellow(MARKS.part)
        : MARKS.none;
  const note = state === "done" ? say`, done` : state === "moved" ? say`, from day ${of}` : "";
  const facts = say`${command} (${minutes} min${note})`;
  return [wrap(facts, width, `  ${mark} `, "      "), style.dim(wrap(title, width, "      "))];
}

function dateLine(
  { date, work, items }: PlannedDate,
  today: CalendarDate,
  style: Style,
  width: number,
): string {
  const names = items.map(({ slug, kind, state }) => {
    const name = kind === "kata" ? slug : say`worksheet ${slug}`;
    return state === "done" ? say`${name} (done)` : state === "moved" ? say`${name} (moved)` : name;
  });
  const planned = work?.planned.length ?? 0;
  const title = work === undefined ? say`What is left` : `${work.day.id} ${work.day.title}`;
  const rest = planned === 0 ? [] : [say`${planned} planned`];
  const what = [...names, ...rest].join(", ");
  const head = `${sayKnown(weekdayOf(date))} ${date}  ${title}`;
  const line = wrap(what === "" ? head : `${head}: ${what}`, width, "", "                  ");
  return date === today ? style.bold(line) : line;
}

function footer(
  { dates, isBegun, isWhole }: ShownPlan,
  { start, track, minutes }: KeptPlan,
): string {
  const options = [
    ...(track === undefined ? [] : [` --track ${track}`]),
    ...(minutes === undefined ? [] : [` --minutes ${minutes}`]),
  ].join("");
  if (!isBegun) return say`Begin: kata plan --start today${options}`;
  const all = dates.flatMap(({ items }) => items);
  const done = all.filter(({ state }) => state === "done").length;
  const moved = all.filter(({ state }) => state === "moved").length;
  const more = [
    say`${done} of ${all.length} done since ${start}.`,
    ...(moved === 0 ? [] : [say`${moved} moved on from days that are over or full.`]),
    ...(moved > 0 && minutes === undefined
      ? [say`Too much for a day? kata plan --minutes 60`]
      : []),
    ...(isWhole ? [] : [say`All days: kata plan --all`]),
  ];
  return more.join("\n");
}
