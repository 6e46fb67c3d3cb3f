import {
  EXIT,
  type ExitCode,
  KataError,
  LEVEL_ORDER,
  readIndex,
  say,
} from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { readRounds } from "../drill/read-rounds.ts";
import { type CalendarDate, dateOf, isCalendarDate } from "../plan/calendar-date.ts";
import { keepPlan, readKeptPlan, type KeptPlan } from "../plan/kept-plan.ts";
import { layOutPlan, type PlannedDate } from "../plan/lay-out-plan.ts";
import { planCalendar } from "../plan/plan-calendar.ts";
import { findWork, hasWorksheet, type PlanItem } from "../plan/plan-work.ts";
import { loadPlan, type Plan, type PlanDay } from "../plan/plan.ts";
import { pathFrom } from "../report/path-from.ts";
import { planText } from "../report/plan-text.ts";
import { readLines } from "../workspace/history.ts";
import { type KataState, readProgress } from "../workspace/progress.ts";
import { findWorkspace } from "../workspace/workspace.ts";
import { writePage } from "../workspace/write-page.ts";

export interface PlanArgs {
  /** A date, or `today`. */
  readonly start?: string;
  readonly minutes?: number;
  readonly track?: string;
  readonly ics?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** The 35-day plan, or a track of it: what stands on today, what moved, what is to come. */
export async function run(ctx: CliContext, args: PlanArgs): Promise<ExitCode> {
  const workspace = findWorkspace(ctx.cwd);
  const today = dateOf(ctx.now());
  const before = args.start === undefined ? readKeptPlan(workspace) : undefined;
  const chosen = choose(args, before, today);
  const isBegun = args.start !== undefined || before !== undefined;
  if (isBegun && JSON.stringify(chosen) !== JSON.stringify(before)) keepPlan(workspace, chosen);

  const plan = loadPlan();
  const index = (await readIndex(ctx)).filter(({ status }) => status !== "draft");
  const progress = readProgress(ctx, workspace);
  const stateOf = (slug: string): KataState => progress.get(slug)?.state ?? "new";
  const isDone = ({ kind, slug }: PlanItem): boolean =>
    kind === "kata" ? stateOf(slug) === "passed" : hasWorksheet(workspace, slug);
  const work = findWork(daysOf(plan, chosen.track), index, stateOf);
  const { start, minutes, track } = chosen;
  const spentToday = minutesSpent(
    workspace,
    work.flatMap(({ items }) => items),
    today,
  );
  const dates = layOutPlan({
    days: work,
    start,
    today,
    isDone,
    spentToday,
    ...(minutes === undefined ? {} : { minutes }),
  });

  if (args.ics !== undefined) writeCalendar(ctx, args.ics, dates, track);
  const shown = { plan, dates, today, isBegun, chosen, isWhole: args.all === true };
  if (args.json === true) {
    const days = dates.map(({ date, work: of, items }) => ({
      date,
      day: of?.day.id ?? null,
      title: of?.day.title ?? null,
      topics: of?.day.topics ?? [],
      items,
      planned: of?.planned ?? [],
    }));
    const facts = { start, begun: isBegun, minutes: minutes ?? null, track: track ?? null, today };
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...facts, days }, null, 2)}\n`);
  } else {
    ctx.stdout.write(planText(shown, ctx));
  }
  return EXIT.ok;
}

/** What the options say, else what was begun before, else a plan that begins today. */
function choose(
  { start, minutes, track }: PlanArgs,
  before: KeptPlan | undefined,
  today: CalendarDate,
): KeptPlan {
  const chosenMinutes = minutes ?? before?.minutes;
  const chosenTrack = requireTrack(track) ?? before?.track;
  return {
    start: start === undefined ? (before?.start ?? today) : requireDate(start, today),
    ...(chosenMinutes === undefined ? {} : { minutes: chosenMinutes }),
    ...(chosenTrack === undefined ? {} : { track: chosenTrack }),
  };
}

function requireDate(value: string, today: CalendarDate): CalendarDate {
  if (value === "today") return today;
  if (isCalendarDate(value)) return value;
  const why = say`give a day like ${today}, or today`;
  throw new KataError("bad-option", {
    option: "--start",
    value: `"${value}"`,
    why,
    command: "plan",
  });
}

function requireTrack(value: string | undefined): KeptPlan["track"] {
  const level = LEVEL_ORDER.find((name) => name === value);
  if (value === undefined || level !== undefined) return level;
  const why = say`it is one of ${LEVEL_ORDER.join(", ")}`;
  throw new KataError("bad-option", {
    option: "--track",
    value: `"${value}"`,
    why,
    command: "plan",
  });
}

function daysOf(plan: Plan, track: KeptPlan["track"]): readonly PlanDay[] {
  return track === undefined
    ? plan.days
    : (plan.tracks.find(({ name }) => name === track)?.days ?? []);
}

/** Minutes that the katas stand for that were first passed today. */
function minutesSpent(workspace: string, items: readonly PlanItem[], today: CalendarDate): number {
  const rounds = readRounds(readLines(workspace).lines);
  return items
    .filter(({ kind, slug }) => {
      if (kind !== "kata") return false;
      const first = rounds.get(slug)?.rounds.find(({ outcome }) => outcome === "passed");
      return first?.endedOn === today;
    })
    .reduce((sum, { minutes }) => sum + minutes, 0);
}

function writeCalendar(
  ctx: CliContext,
  path: string,
  dates: readonly PlannedDate[],
  track: string | undefined,
): void {
  const name = track === undefined ? say`kata: 35 days` : say`kata: ${track} track`;
  const text = planCalendar(dates, name, ctx.now());
  const file = writePage(ctx.cwd, path, text, "PRODID:-//kata//");
  ctx.stderr.write(say`The plan as a calendar: ${pathFrom(ctx.cwd, file)}\n`);
}
