import { expect, test } from "vitest";
import type { GradeReport } from "../../graders/index.ts";
import { WatchSession, type GradeWish, type WatchView } from "./watch-session.ts";

interface Asked {
  readonly wish: GradeWish;
  readonly signal: AbortSignal;
  answer(report: GradeReport): void;
  fail(error: Error): void;
}

function report(outcomes: Readonly<Record<string, string>>): GradeReport {
  const properties = Object.entries(outcomes).map(([id, outcome]) => ({ id, outcome }));
  const held = properties.filter(({ outcome }) => outcome === "held").length;
  const verdict = held === properties.length ? "passed" : "failed";
  return {
    properties,
    verdict,
    score: { properties: held, points: held },
  } as unknown as GradeReport;
}

function watched(): {
  session: WatchSession;
  asked: Asked[];
  views: WatchView[];
  kept: GradeReport[];
} {
  const asked: Asked[] = [];
  const views: WatchView[] = [];
  const kept: GradeReport[] = [];
  const session = new WatchSession({
    show: (view) => views.push(view),
    keep: (graded) => kept.push(graded),
    grade: (wish, signal) =>
      new Promise((answer, fail) => {
        asked.push({ wish, signal, answer, fail });
        signal.addEventListener("abort", () => fail(new Error("aborted")));
      }),
  });
  return { session, asked, views, kept };
}

/** Lets everything that can go on do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const GOOD = report({ a: "held", b: "held" });
const BAD = report({ a: "held", b: "violated" });

test("what fails is not timed; what holds is", async () => {
  const { session, asked, views } = watched();
  session.run();
  await settle();
  asked[0]?.answer(BAD);
  await session.idle;
  expect(asked.map(({ wish }) => wish)).toEqual([{ budget: false }]);
  session.run();
  await settle();
  asked[1]?.answer(GOOD);
  await settle();
  asked[2]?.answer(GOOD);
  await session.idle;
  expect(asked.map(({ wish }) => wish.budget)).toEqual([false, false, true]);
  expect(views.map(({ state }) => state)).toEqual([
    "grading",
    "done",
    "grading",
    "done",
    "timing",
    "done",
  ]);
});

test("a save during a grade begins anew, and of many saves at once only the last is graded", async () => {
  const { session, asked, views } = watched();
  session.run();
  await settle();
  for (let save = 0; save < 200; save += 1) session.run();
  await settle();
  expect(asked).toHaveLength(2);
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[1]?.answer(BAD);
  await session.idle;
  expect(views.at(-1)).toMatchObject({ state: "done", report: BAD, grades: 1 });
});

test("focus looks at the first property that fails until it holds, then at all again", async () => {
  const { session, asked, views } = watched();
  session.run();
  await settle();
  asked[0]?.answer(BAD);
  await session.idle;
  session.toggleFocus();
  await settle();
  expect(asked[1]?.wish).toEqual({ budget: false, only: "b" });
  asked[1]?.answer(report({ b: "held" }));
  await settle();
  expect(asked[2]?.wish).toEqual({ budget: false });
  expect(views.at(-1)?.note).toBe("b holds now.");
  asked[2]?.answer(BAD);
  await session.idle;
});

test("nothing fails: focus says so and grades nothing", async () => {
  const { session, asked, views } = watched();
  session.toggleFocus();
  await session.idle;
  expect(asked).toEqual([]);
  expect(views.at(-1)?.note).toContain("No property fails");
});

test("a grade that breaks is told, and the next save is graded as ever", async () => {
  const { session, asked, views } = watched();
  session.run();
  await settle();
  asked[0]?.fail(new Error("There is no attempt to grade."));
  await session.idle;
  expect(views.at(-1)).toMatchObject({ state: "broken", note: "There is no attempt to grade." });
  session.run();
  await settle();
  asked[1]?.answer(BAD);
  await session.idle;
  expect(views.at(-1)).toMatchObject({ state: "done" });
});

test("kept are whole grades, and those that change the score", async () => {
  const { session, asked, kept } = watched();
  for (const answer of [BAD, BAD, report({ a: "violated", b: "violated" })]) {
    session.run();
    await settle();
    asked.at(-1)?.answer(answer);
    await session.idle;
  }
  expect(kept).toHaveLength(2);
  session.time();
  await settle();
  asked.at(-1)?.answer(GOOD);
  await session.idle;
  expect(kept).toHaveLength(3);
});
