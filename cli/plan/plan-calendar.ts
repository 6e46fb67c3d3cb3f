import { addDays, type CalendarDate } from "./calendar-date.ts";
import type { PlannedDate } from "./lay-out-plan.ts";

/** RFC 5545, 3.1: a content line has at most 75 octets before its CRLF. */
const MOST_OCTETS = 75;

/** The plan as an iCalendar file (RFC 5545): one event a day, all day long, that blocks no time. */
export function planCalendar(dates: readonly PlannedDate[], name: string, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//kata//35-day plan//EN",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escapeText(name)}`,
    ...dates.flatMap((day) => eventLines(day, stamp)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join("");
}

function eventLines({ date, work, items }: PlannedDate, stamp: string): string[] {
  const title = work === undefined ? "what is left" : `${work.day.id} ${work.day.title}`;
  const description = [
    ...(work?.day.topics ?? []).map((topic) => `- ${topic}`),
    ...(work === undefined ? [] : [work.day.practice]),
    ...items.map(({ command, minutes, state, of }) => {
      const note = state === "done" ? ", done" : state === "moved" ? `, from day ${of}` : "";
      return `${command} (${minutes} min${note})`;
    }),
  ];
  return [
    "BEGIN:VEVENT",
    // The same for the same day of the plan, so that a later import takes the place of this one.
    `UID:${work?.day.id ?? date}@kata-plan`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(date)}`,
    `DTEND;VALUE=DATE:${compact(addDays(date, 1))}`,
    `SUMMARY:${escapeText(`kata: ${title}`)}`,
    `DESCRIPTION:${escapeText(description.join("\n"))}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function compact(date: CalendarDate): string {
  return date.replaceAll("-", "");
}

/** RFC 5545, 3.3.11: backslash, semicolon and comma are escaped, and a line break is `\n`. */
export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, String.raw`\$&`).replace(/\r\n|\r|\n/g, String.raw`\n`);
}

/** RFC 5545, 3.1: a longer line goes on after CRLF and one space; no character is cut in two. */
export function foldLine(line: string): string {
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MOST_OCTETS) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
