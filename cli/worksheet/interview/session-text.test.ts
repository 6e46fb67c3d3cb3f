import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { createStyle } from "../../report/style.ts";
import { loadSystem } from "../definition/load-system.ts";
import { planSections } from "./plan-sections.ts";
import { Session } from "./session.ts";
import type { SessionEvent } from "./session-event.ts";
import {
  COMMANDS_TEXT,
  clockText,
  eventText,
  interviewerText,
  scheduleText,
  timeText,
} from "./session-text.ts";

const TWITTER = loadSystem(PACKAGE_ROOT, "twitter");
const MINUTE = 60_000;
const PAGE = { width: 80, style: createStyle(false) };

function newSession(): Session {
  const plan = planSections(TWITTER.sections, 45);
  const [system, version, overrides] = ["twitter", 1, {}] as const;
  const rest = { minutes: 45, level: "senior", role: "interviewer", seed: 7 } as const;
  return new Session(TWITTER, {
    kind: "started",
    at: 0,
    plan,
    setup: { system, version, overrides, ...rest },
  });
}

const EVENTS: readonly SessionEvent[] = [
  { kind: "note", at: MINUTE, text: "said", tag: "failure" },
  { kind: "section-over", at: 5 * MINUTE, id: "requirements" },
  { kind: "section", at: 5 * MINUTE, id: "estimates" },
  { kind: "hint", at: 6 * MINUTE, text: "A long hint. ".repeat(12).trim() },
  { kind: "follow-up", at: 7 * MINUTE, ask: "And then?", listenFor: ["this", "that"] },
  { kind: "paused", at: 8 * MINUTE },
  { kind: "continued", at: 8 * MINUTE },
  { kind: "twist", at: 27 * MINUTE, index: 2 },
  { kind: "time-up", at: 45 * MINUTE },
];

test("every event says something, within the width, with its time", () => {
  const session = newSession();
  for (const event of EVENTS) {
    session.apply(event);
    const text = eventText(session, event, PAGE);
    expect(text).toContain(clockText(event.at));
    const all = [text, interviewerText(session, event, PAGE), scheduleText(session), COMMANDS_TEXT];
    for (const line of all.join("\n").split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  }
});

test("the interviewer sees what to watch and listen for, the candidate does not", () => {
  const session = newSession();
  const [started] = session.events;
  const followUp = EVENTS[4];
  if (started === undefined || followUp === undefined) throw new Error("no events");
  const { watch = [], redFlags = [] } = TWITTER.sections[0] ?? {};
  const script = interviewerText(session, started, { width: 200 });
  for (const line of [...watch, ...redFlags]) {
    expect(script).toContain(line);
    expect(eventText(session, started, PAGE)).not.toContain(line);
  }
  expect(script).toContain("t: tradeOffs");
  expect(interviewerText(session, followUp, PAGE)).toBe(
    "  | listen for: this\n  | listen for: that",
  );
  expect(eventText(session, followUp, PAGE)).not.toContain("this");
});

test("times are minutes and seconds, over an hour as well", () => {
  expect([0, 59_999, 60_000, 27 * MINUTE, 75 * MINUTE].map(clockText)).toEqual([
    "00:00",
    "00:59",
    "01:00",
    "27:00",
    "75:00",
  ]);
  expect(timeText(newSession(), 90_000)).toBe("01:30 of 45:00; Requirements: 03:30 left");
  expect(timeText(newSession(), 6 * MINUTE)).toBe("06:00 of 45:00; Requirements: 01:00 over");
});
