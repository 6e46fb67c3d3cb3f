import { addDays, type CalendarDate } from "./calendar-date.ts";
import type { PlanItem, WorkDay } from "./plan-work.ts";

export interface PlannedItem extends PlanItem {
  /** The day of the plan that it belongs to. */
  readonly of: string;
  /** `moved`: it was not passed on its own day, and stands on a later one. */
  readonly state: "done" | "open" | "moved";
}

/** One date of the calendar and what stands on it. */
export interface PlannedDate {
  readonly date: CalendarDate;
  /** Undefined after the last day, when there is still something left. */
  readonly work: WorkDay | undefined;
  readonly items: readonly PlannedItem[];
}

export interface LayOutRequest {
  readonly days: readonly WorkDay[];
  readonly start: CalendarDate;
  readonly today: CalendarDate;
  /** At most so many minutes a day, though at least one item; without it as many as there are. */
  readonly minutes?: number;
  readonly isDone: (item: PlanItem) => boolean;
  /** Minutes of the items that were done today already. */
  readonly spentToday?: number;
}

/**
 * Puts the days on the calendar. What is done stays on its own day; what was not done by its day goes
 * on to the next one, today at the earliest, and so does what is more than a day's minutes. What went
 * on comes first.
 */
export function layOutPlan(request: LayOutRequest): PlannedDate[] {
  const { days, start, today, minutes = Infinity, isDone, spentToday = 0 } = request;
  const dates: PlannedDate[] = [];
  let waiting: PlannedItem[] = [];
  for (let nth = 0; nth < days.length || waiting.length > 0; nth += 1) {
    const date = addDays(start, nth);
    const work = days[nth];
    const own = (work?.items ?? []).map((item): PlannedItem => {
      return { ...item, of: work?.day.id ?? "", state: isDone(item) ? "done" : "open" };
    });
    const done = own.filter(({ state }) => state === "done");
    const queue = [...waiting, ...own.filter(({ state }) => state === "open")];
    const room = date === today ? minutes - spentToday : minutes;
    const count = date < today ? 0 : fitting(queue, room, date === today && spentToday > 0 ? 0 : 1);
    const items = [...done, ...queue.slice(0, count)];
    if (work !== undefined || items.length > 0) dates.push({ date, work, items });
    waiting = queue.slice(count).map((item) => ({ ...item, state: "moved" }));
  }
  return dates;
}

/** How many of the first items fit into a day, `least` of them whatever they take. */
function fitting(queue: readonly PlanItem[], minutes: number, least: number): number {
  let taken = 0;
  let count = 0;
  for (const item of queue) {
    taken += item.minutes;
    if (count >= least && taken > minutes) break;
    count += 1;
  }
  return count;
}
