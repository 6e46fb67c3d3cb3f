import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT, readIndex } from "../../graders/reading.ts";
import { addDays, dateOf, daysBetween, isCalendarDate, weekdayOf } from "./calendar-date.ts";
import { layOutPlan, type PlannedDate } from "./lay-out-plan.ts";
import { escapeText, foldLine, planCalendar } from "./plan-calendar.ts";
import { findWork, type PlanItem, type WorkDay } from "./plan-work.ts";
import { loadPlan } from "./plan.ts";

test("the plan has 7 days in each of 5 weeks, with a worksheet at the end of each", () => {
  const { days, tracks } = loadPlan();
  const ids = [1, 2, 3, 4, 5].flatMap((week) =>
    [1, 2, 3, 4, 5, 6, 7].map((day) => `${week}.${day}`),
  );
  expect(days.map(({ id }) => id)).toEqual(ids);
  const withWorksheet = days.filter(({ worksheet }) => worksheet !== undefined);
  expect(withWorksheet.map(({ id }) => id)).toEqual(["1.7", "2.7", "3.7", "4.7", "5.7"]);
  expect(tracks.map(({ name }) => name)).toEqual(["beginner", "intermediate", "advanced"]);
});

test("every kata that the plan names is there or planned, and every kata has its day", async () => {
  const { days, tracks } = loadPlan();
  const index = await readIndex({ root: PACKAGE_ROOT });
  const file = join(PACKAGE_ROOT, "templates/worksheets/planned-katas.json");
  const known = new Set([
    ...Object.keys(JSON.parse(readFileSync(file, "utf8")) as object),
    ...index.map(({ slug }) => slug),
  ]);
  const named = [...days, ...tracks.flatMap((track) => track.days)].flatMap(({ katas }) => katas);
  expect(named.filter((slug) => !known.has(slug))).toEqual([]);
  const work = findWork(days, index, () => "new");
  for (const { slug, plan } of index) {
    const on = work.filter(({ items }) => items.some((item) => item.slug === slug));
    expect(on.map(({ day }) => day.id)).toEqual([plan]);
  }
  const once = work.flatMap(({ items, planned }) => [
    ...items.filter(({ kind }) => kind === "kata").map(({ slug }) => slug),
    ...planned.map(({ slug }) => slug),
  ]);
  expect(new Set(once).size).toBe(once.length);
});

test("dates go over months, leap days and the days when clocks change", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
  expect(weekdayOf("2026-11-21")).toBe("Sat");
  expect(dateOf(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
  expect(
    ["2026-02-29", "2026-13-01", "2026-1-1", "today", "0000-00-00"].filter(isCalendarDate),
  ).toEqual([]);
});

/** Days of one kata each, `a` for 30 minutes, `b` for 40, … */
const DAYS: WorkDay[] = ["a", "b", "c"].map((slug, nth) => ({
  day: { id: `1.${nth + 1}`, title: slug, topics: ["x"], practice: "x", katas: [slug] },
  items: [
    { kind: "kata", slug, title: slug, minutes: 30 + 10 * nth, command: `kata start ${slug}` },
  ],
  planned: [],
}));

function laid(dates: readonly PlannedDate[]): string[] {
  return dates.map(
    ({ date, items }) => `${date} ${items.map(({ slug, state }) => `${slug}:${state}`).join(" ")}`,
  );
}
const done =
  (...slugs: string[]) =>
  ({ slug }: PlanItem): boolean =>
    slugs.includes(slug);

test("what is not passed by its day goes on to the next one", () => {
  const request = { days: DAYS, start: "2026-11-20" };
  expect(laid(layOutPlan({ ...request, today: "2026-11-20", isDone: done() }))).toEqual([
    "2026-11-20 a:open",
    "2026-11-21 b:open",
    "2026-11-22 c:open",
  ]);
  expect(laid(layOutPlan({ ...request, today: "2026-11-22", isDone: done("b") }))).toEqual([
    "2026-11-20 ",
    "2026-11-21 b:done",
    "2026-11-22 a:moved c:open",
  ]);
  expect(laid(layOutPlan({ ...request, today: "2026-12-24", isDone: done("a") }))).toEqual([
    "2026-11-20 a:done",
    "2026-11-21 ",
    "2026-11-22 ",
    "2026-12-24 b:moved c:moved",
  ]);
});

test("a day takes no more minutes than were asked for, but always one kata", () => {
  const request = { days: DAYS, start: "2026-11-20", today: "2026-11-21", isDone: done() };
  expect(laid(layOutPlan({ ...request, minutes: 69 }))).toEqual([
    "2026-11-20 ",
    "2026-11-21 a:moved",
    "2026-11-22 b:moved",
    "2026-11-23 c:moved",
  ]);
  expect(laid(layOutPlan({ ...request, minutes: 70 }))[1]).toBe("2026-11-21 a:moved b:open");
  expect(laid(layOutPlan({ ...request, minutes: 10 }))).toHaveLength(4);
  const later = { ...request, minutes: 69, isDone: done("a"), spentToday: 30 };
  expect(laid(layOutPlan(later)).slice(0, 3)).toEqual([
    "2026-11-20 a:done",
    "2026-11-21 ",
    "2026-11-22 b:moved",
  ]);
});

test("lines are folded at 75 octets between characters, as RFC 5545 3.1 has it", () => {
  const line = `SUMMARY:${"é".repeat(60)}😀${"x".repeat(90)}`;
  const folded = foldLine(line);
  const parts = folded.split("\r\n");
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
  expect(folded.replaceAll("\r\n ", "")).toBe(line);
  expect(folded).not.toContain("\uFFFD");
  expect(foldLine("x".repeat(75))).toBe("x".repeat(75));
  expect(foldLine("x".repeat(76))).toBe(`${"x".repeat(75)}\r\n x`);
});

test("text is escaped as RFC 5545 3.3.11 has it", () => {
  // The example of the RFC, and a backslash.
  expect(escapeText("Project XYZ Final Review\nConference Room - 3B\nCome Prepared.")).toBe(
    String.raw`Project XYZ Final Review\nConference Room - 3B\nCome Prepared.`,
  );
  expect(escapeText("a;b,c\\d:e")).toBe(String.raw`a\;b\,c\\d:e`);
});

test("the calendar has one event a day, each with what RFC 5545 requires", () => {
  const dates = layOutPlan({
    days: DAYS,
    start: "2026-12-30",
    today: "2026-12-30",
    isDone: done(),
  });
  const text = planCalendar(dates, "kata", new Date("2026-11-21T09:30:00.123Z"));
  expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  expect(lines.slice(0, 2)).toEqual(["BEGIN:VCALENDAR", "VERSION:2.0"]);
  const starts = lines.filter((line) => line.startsWith("DTSTART"));
  expect(starts).toEqual(
    ["20261230", "20261231", "20270101"].map((day) => `DTSTART;VALUE=DATE:${day}`),
  );
  expect(lines.filter((line) => line.startsWith("DTEND")).at(-1)).toBe("DTEND;VALUE=DATE:20270102");
  expect(new Set(lines.filter((line) => line.startsWith("UID:"))).size).toBe(3);
  expect(lines.filter((line) => line === "DTSTAMP:20261121T093000Z")).toHaveLength(3);
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(3);
});
