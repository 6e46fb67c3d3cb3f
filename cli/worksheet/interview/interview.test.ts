import { describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { loadSystem } from "../definition/load-system.ts";
import { createVariant } from "../definition/variant.ts";
import { parseWorksheet } from "../document/parse-worksheet.ts";
import { renderMarkdown } from "../render/render-markdown.ts";
import { conductSession } from "./conduct-session.ts";
import { interviewReport } from "./interview-report.ts";
import { planSections } from "./plan-sections.ts";
import { Session } from "./session.ts";
import type { SessionEvent, SessionSetup } from "./session-event.ts";
import { clockText } from "./session-text.ts";

const TWITTER = loadSystem(PACKAGE_ROOT, "twitter");
const MINUTE = 60_000;
const SETUP: SessionSetup = {
  system: "twitter",
  version: 1,
  minutes: 45,
  level: "senior",
  role: "solo",
  seed: 7,
  overrides: {},
};

const allBlank: (id: string) => boolean = () => true;

type Line = readonly [minute: number, text: string];

function newSession(setup: Partial<SessionSetup> = {}): Session {
  const all = { ...SETUP, ...setup };
  const plan = planSections(TWITTER.sections, all.minutes);
  return new Session(TWITTER, { kind: "started", at: 0, setup: all, plan });
}

/** Types lines at given minutes of a clock that nobody waits for. */
async function type(
  session: Session,
  lines: readonly Line[],
  { from = 0, most = Number.POSITIVE_INFINITY, isBlank = allBlank } = {},
): Promise<SessionEvent[]> {
  const kept: SessionEvent[] = [];
  const left = [...lines];
  let now = from * MINUTE;
  await conductSession(session, {
    now: () => now,
    nextLine: (ms) => {
      const [next] = left;
      if (next === undefined || kept.length >= most) return Promise.resolve(null);
      const wait = Math.max(0, next[0] * MINUTE - now);
      now += Math.min(wait, Math.max(1, ms));
      if (wait > ms) return Promise.resolve(undefined);
      left.shift();
      return Promise.resolve(next[1]);
    },
    sheet: () => ({ isBlank, rows: new Map() }),
    keep: (event) => kept.push(event),
    show: () => undefined,
    answer: () => undefined,
    idle: () => undefined,
  });
  return kept;
}

/** On time through all eight sections, with a note in each. */
const PUNCTUAL: readonly Line[] = [
  [3, "feeds for 200 M a day"],
  [5, "/next"],
  [7, "t: pushing costs 200 writes a post"],
  [10, "/next"],
  [14, "/next"],
  [18, "/next"],
  [20, "/ask"],
  [21, "hybrid for celebrities"],
  [28, "/next"],
  [33, "/hint"],
  [38, "/next"],
  [43, "/next"],
  [45, "/done"],
];

describe("the plan", () => {
  test("shrinks after ten minutes in the first section to what is left, in proportion", async () => {
    const session = newSession();
    await type(session, [[10, "/next"]]);
    const rest = session.plan.slice(1).map(({ minutes }) => minutes);
    expect(rest.reduce((sum, minutes) => sum + minutes, 0)).toBe(35);
    expect(Math.min(...rest)).toBeGreaterThanOrEqual(2);
    expect(session.plan[0]?.minutes).toBe(5);
  });

  test("never below two minutes each, even when that is too much", async () => {
    const session = newSession();
    await type(session, [[44, "/next"]]);
    expect(session.plan.slice(1).map(({ minutes }) => minutes)).toEqual(Array(7).fill(2));
  });

  test("does not shrink for who is early", async () => {
    const session = newSession();
    await type(session, [[1, "/next"]]);
    expect(session.plan.map(({ minutes }) => minutes)).toEqual([5, 5, 4, 4, 10, 10, 5, 2]);
  });
});

describe("a whole session in no time", () => {
  test("twist once, at 27:00 of 45", async () => {
    const twists = (await type(newSession(), PUNCTUAL)).filter(({ kind }) => kind === "twist");
    expect(twists.map(({ at }) => clockText(at))).toEqual(["27:00"]);
  });

  test("a twist asked for does not come again", async () => {
    const kept = await type(newSession(), [[2, "/twist"], [3, "/twist"], ...PUNCTUAL.slice(1)]);
    expect(kept.filter(({ kind }) => kind === "twist").map(({ at }) => at)).toEqual([2 * MINUTE]);
  });

  test("a section that is over says so once and is not cut off", async () => {
    const session = newSession();
    const kept = await type(session, [
      [8, "late note"],
      [9, "/next"],
    ]);
    expect(kept.filter(({ kind }) => kind === "section-over")).toEqual([
      { kind: "section-over", id: "requirements", at: 5 * MINUTE },
    ]);
    expect(session.usedMs.get("requirements")).toBe(9 * MINUTE);
    expect(kept.some((event) => event.kind === "note" && event.text === "late note")).toBe(true);
  });

  test("the end of the time is said once, and nothing is cut off", async () => {
    const kept = await type(newSession(), [
      [50, "still here"],
      [51, "/done"],
    ]);
    expect(kept.filter(({ kind }) => kind === "time-up").map(({ at }) => at)).toEqual([
      45 * MINUTE,
    ]);
    expect(kept.at(-1)).toEqual({ kind: "done", at: 51 * MINUTE });
  });

  test("a pause stops the clock", async () => {
    const session = newSession();
    await type(session, [
      [2, "/pause"],
      [40, "/pause"],
      [42, "/next"],
    ]);
    expect(session.usedMs.get("requirements")).toBe(4 * MINUTE);
    expect(session.twist).toBeUndefined();
  });

  test("a clock that steps back takes nothing away", async () => {
    const session = newSession();
    await type(session, [[4, "one"]]);
    await type(session, [[1, "two"]], { from: 1 });
    expect(session.events.map(({ at }) => at)).toEqual(
      session.events.map(({ at }) => at).toSorted((a, b) => a - b),
    );
    expect(session.at).toBe(4 * MINUTE);
  });

  test("back and forth, past the first and the last", async () => {
    const session = newSession();
    const kept = await type(session, [
      [1, "/back"],
      [2, "/next"],
      [3, "/back"],
      [4, "/skip"],
      [5, "/next"],
    ]);
    expect(kept.flatMap((event) => (event.kind === "section" ? [event.id] : []))).toEqual([
      "estimates",
      "requirements",
      "estimates",
      "dataModel",
    ]);
    expect(session.usedMs.get("requirements")).toBe(3 * MINUTE);
    const all = Array.from({ length: 8 }, (_, index): Line => [6 + index, "/next"]);
    await type(session, all, { from: 5 });
    expect(session.isDone).toBe(true);
  });
});

describe("follow-ups", () => {
  const asked = async (
    setup: Partial<SessionSetup>,
    isBlank?: (id: string) => boolean,
  ): Promise<string[]> => {
    const kept = await type(newSession(setup), PUNCTUAL, isBlank === undefined ? {} : { isBlank });
    return kept.flatMap((event) => (event.kind === "follow-up" ? [event.ask] : []));
  };

  test("the same seed asks the same, each question once, two in a section at most", async () => {
    const first = await asked({ seed: 7 });
    expect(await asked({ seed: 7 })).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    expect(first.length).toBeGreaterThan(3);
    const seeds = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((seed) => asked({ seed, level: "staff" })),
    );
    expect(new Set(seeds.map((all) => all.join())).size).toBeGreaterThan(1);
  });

  test("what is blank is asked about, what is filled is not", async () => {
    const conditional = TWITTER.sections
      .flatMap(({ followUps }) => followUps)
      .filter(({ when }) => when !== undefined)
      .map(({ ask }) => ask);
    expect(conditional.length).toBeGreaterThan(0);
    const filled = await asked({ level: "staff" }, () => false);
    expect(filled.filter((ask) => conditional.includes(ask))).toEqual([]);
    const blank = await asked({ level: "staff" }, () => true);
    expect(blank.filter((ask) => conditional.includes(ask)).length).toBeGreaterThan(0);
  });
});

function sheet(audience: "answers" | "candidate"): ReturnType<typeof parseWorksheet> {
  const variant = createVariant(TWITTER);
  const text = renderMarkdown({ variant, audience, prefix: "decimal", hints: false, katas: [] });
  return parseWorksheet(text);
}

function report(session: Session): string {
  const after = sheet("answers");
  return interviewReport(session, { before: sheet("candidate"), after, file: "worksheet.md" });
}

describe("a session that is killed", () => {
  test("after any event, and resumed, has the same report as an unbroken one", async () => {
    const unbroken = newSession();
    const events = await type(unbroken, PUNCTUAL);
    expect(events.at(-1)?.kind).toBe("done");
    for (let killedAfter = 0; killedAfter < events.length; killedAfter += 1) {
      const session = newSession();
      // What the log holds; the process is gone.
      for (const event of events.slice(0, killedAfter)) {
        session.apply(JSON.parse(JSON.stringify(event)) as SessionEvent);
      }
      const typed = events.slice(0, killedAfter).filter(isTyped).length;
      // Hours later, on another clock: the session goes on where it stood.
      const shift = 1000;
      const rest = PUNCTUAL.slice(typed).map(([minute, text]): Line => [minute + shift, text]);
      await type(session, rest, { from: shift + session.at / MINUTE });
      expect(session.events).toEqual(unbroken.events);
      expect(report(session)).toBe(report(unbroken));
    }
  });
});

/** Whether a line of PUNCTUAL made it happen; what comes by itself comes again. */
function isTyped(event: SessionEvent): boolean {
  if (event.kind === "follow-up") return event.at === 20 * MINUTE;
  return ["note", "section", "hint", "done"].includes(event.kind);
}

describe("the report", () => {
  test("has times, notes, twist, both grades and the rubric form, never filled", async () => {
    const session = newSession();
    await type(session, PUNCTUAL);
    const text = report(session);
    expect(text).toContain("| Requirements | 05:00 | 05:00 |  |");
    expect(text).toContain("- 03:00 feeds for 200 M a day");
    expect(text).toContain("- 07:00 (tradeOffs) pushing costs 200 writes a post");
    expect(text).toMatch(/## Twist\n\nAt 27:00: /);
    expect(text).toContain("| estimates | 0/35 |");
    expect(text).toContain("Hints taken: 1.");
    for (const { label, anchors } of TWITTER.rubric) {
      expect(text).toContain(`### ${label} (expected of senior: `);
      for (const anchor of anchors) expect(text).toContain(`: ${anchor}`);
    }
    expect(text.match(/- \[ \] \d: /g)).toHaveLength(24);
    expect(text).not.toContain("[x]");
    expect(text).toContain("Evidence, in their words: 07:00 pushing costs 200 writes a post");
  });

  test("a twist with new figures: the same answers, graded by the old and the new", async () => {
    const index = TWITTER.twists.findIndex(({ set }) => "avgFollowers" in set);
    const session = newSession();
    await type(session, [[1, "note"]]);
    session.apply({ kind: "twist", index, at: 27 * MINUTE });
    const answers = sheet("answers");
    const text = interviewReport(session, { before: answers, after: answers, file: "w.md" });
    expect(text).toContain("| estimates | 35/35 |");
    // 2.31 M/s were right for 200 followers; 700 make 8.1 M/s, 3.5 times as much: 40 %.
    expect(text).toContain("| fanoutRps | 2.31 M/s | 8.1 M/s | no |");
  });

  test("without a readable worksheet it still comes", () => {
    const text = interviewReport(newSession(), {
      before: undefined,
      after: undefined,
      file: "w.md",
    });
    expect(text).toContain("It could not be read, so nothing was graded.");
  });
});
