const DAY_MS = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
export const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/** A day of the calendar, no matter where: `2026-11-21`. Such texts sort by time. */
export type CalendarDate = string;

/** The day that an instant is on, where the user is. */
export function dateOf(instant: Date): CalendarDate {
  const [year, month, day] = [instant.getFullYear(), instant.getMonth() + 1, instant.getDate()];
  return text(year, month, day);
}

/** Whether a text is a day that the calendar has. */
export function isCalendarDate(value: string): boolean {
  return SHAPE.test(value) && addDays(value, 0) === value;
}

/** The day so many days later; before, when `days` is negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const moved = midnight(date, days);
  return text(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
}

/** Days from one day to another; negative when the other is before it. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (midnight(to).getTime() - midnight(from).getTime()) / DAY_MS;
}

export function weekdayOf(date: CalendarDate): (typeof WEEKDAYS)[number] {
  return WEEKDAYS[midnight(date).getUTCDay()] ?? "Sun";
}

/** In UTC, where each day has 24 hours. */
function midnight(date: CalendarDate, later = 0): Date {
  const [year = 0, month = 1, day = 1] = (SHAPE.exec(date)?.slice(1) ?? []).map(Number);
  // oxlint-disable-next-line no-restricted-globals -- arithmetic on a given date, no clock is read
  return new Date(Date.UTC(year, month - 1, day + later));
}

function text(year: number, month: number, day: number): CalendarDate {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}
