import { dateOf, type CalendarDate } from "../plan/calendar-date.ts";
import type { HistoryLine } from "../workspace/history.ts";
import { instantOf } from "../workspace/instant.ts";
import { isWholeGrade } from "../workspace/progress.ts";

/** How one go at a kata ended: from a blank stub to the first whole pass, or to its solution. */
export interface Round {
  readonly outcome: "passed" | "gave-up";
  readonly ended: Date;
  readonly endedOn: CalendarDate;
  /** Minutes from the blank stub on; undefined when nobody saw it begin. */
  readonly minutes: number | undefined;
  readonly hints: number;
}

/** The goes at one kata, oldest first. */
export interface Rounds {
  readonly rounds: readonly Round[];
  /** Whether another one was begun since the last ended. */
  readonly isOpen: boolean;
}

interface Going {
  rounds: Round[];
  started: Date | undefined;
  hints: number;
  isOver: boolean;
}

/** The goes at each kata of a history. What comes after the end of one counts for nothing. */
export function readRounds(lines: readonly HistoryLine[]): ReadonlyMap<string, Rounds> {
  const all = new Map<string, Going>();
  for (const { value } of lines) {
    const { kata } = value;
    if (typeof kata !== "string") continue;
    const going = all.get(kata) ?? { rounds: [], started: undefined, hints: 0, isOver: false };
    all.set(kata, going);
    take(going, value);
  }
  return new Map(
    [...all].map(([kata, { rounds, isOver }]) => {
      return [kata, { rounds, isOpen: rounds.length > 0 && !isOver }];
    }),
  );
}

function take(going: Going, value: HistoryLine["value"]): void {
  const { event, at } = value;
  if (event === "started") {
    Object.assign(going, { started: instantOf(at), hints: 0, isOver: false });
  } else if (going.isOver) {
    return;
  } else if (event === "hint") {
    going.hints += 1;
  } else if (event === "gave-up") {
    end(going, "gave-up", instantOf(at));
  } else if (event === undefined && value["verdict"] === "passed" && isWholeGrade(value)) {
    const { times } = value as { times?: { startedAt?: unknown } };
    end(going, "passed", instantOf(times?.startedAt));
  }
}

function end(going: Going, outcome: Round["outcome"], read: Date | undefined): void {
  if (read === undefined) return;
  // A clock that was set back must not make a go end before the one before it.
  const before = going.rounds.at(-1)?.ended ?? read;
  const ended = read < before ? before : read;
  const { started, hints } = going;
  const minutes =
    started === undefined ? undefined : Math.max(0, (ended.getTime() - started.getTime()) / 60_000);
  going.rounds.push({ outcome, ended, endedOn: dateOf(ended), minutes, hints });
  going.isOver = true;
}
