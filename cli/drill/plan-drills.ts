import type { LibraryEntry } from "../../graders/reading.ts";
import { dateOf, daysBetween, type CalendarDate } from "../plan/calendar-date.ts";
import type { HistoryLine } from "../workspace/history.ts";
import { rateRound, type Rating } from "./rate-round.ts";
import { readRounds, type Round } from "./read-rounds.ts";

/** A kata that was passed or given up, and when to do it again from a blank stub. */
export interface Drill {
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  readonly due: CalendarDate;
  /** Days until it is due: 0 today, negative when it is overdue. */
  readonly inDays: number;
  /** How the last go went. */
  readonly last: Rating;
  readonly rounds: number;
  /** Whether it was begun again already. */
  readonly isOpen: boolean;
}

/** Every kata that was passed or given up, the one that is due first at the beginning. */
export async function planDrills(
  lines: readonly HistoryLine[],
  index: readonly LibraryEntry[],
  now: Date,
): Promise<Drill[]> {
  const rounds = readRounds(lines);
  const seen = index.flatMap((entry) => {
    const of = rounds.get(entry.slug);
    return of === undefined || of.rounds.length === 0 ? [] : [{ entry, ...of }];
  });
  if (seen.length === 0) return [];
  const dueAfter = await openScheduler();
  const today = dateOf(now);
  return seen
    .map(({ entry: { slug, title, minutes }, rounds: goes, isOpen }): Drill => {
      const ratings = goes.map((round) => rateRound(round, minutes));
      const due = dateOf(dueAfter(goes, ratings));
      const last = ratings.at(-1) ?? "again";
      const inDays = daysBetween(today, due);
      return { slug, title, minutes, due, inDays, last, rounds: goes.length, isOpen };
    })
    .toSorted((a, b) => a.inDays - b.inDays || (a.slug < b.slug ? -1 : 1));
}

/** FSRS with its published weights, in whole days and without chance. Loaded late: most have no use for it. */
async function openScheduler(): Promise<
  (goes: readonly Round[], ratings: readonly Rating[]) => Date
> {
  const { Rating: Grade, createEmptyCard, fsrs } = await import("ts-fsrs");
  const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });
  const grades = {
    again: Grade.Again,
    hard: Grade.Hard,
    good: Grade.Good,
    easy: Grade.Easy,
  } as const;
  return (goes, ratings) => {
    let card = createEmptyCard(goes[0]?.ended);
    goes.forEach(({ ended }, nth) => {
      card = scheduler.next(card, ended, grades[ratings[nth] ?? "again"]).card;
    });
    return card.due;
  };
}
