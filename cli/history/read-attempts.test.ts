import { expect, test } from "vitest";
import type { GradeReport } from "../../graders/index.ts";
import { sampleReport } from "../e2e/sample-report.ts";
import type { HistoryLine } from "../workspace/history.ts";
import { readAttempts } from "./read-attempts.ts";

const SPECS = new Map([["lru-cache", "new"]]);

function at(time: string): string {
  return `2026-11-21T${time}:00.000Z`;
}

function grade(time: string, points: number, changes: Partial<GradeReport> = {}): GradeReport {
  return sampleReport({
    id: time,
    specHash: "new",
    verdict: points === 100 ? "passed" : "failed",
    score: { points, of: 100, judged: 100, properties: points, budgets: 0 },
    times: { startedAt: at(time), typesMs: 0, propertiesMs: 0, budgetsMs: 0, totalMs: 0 },
    ...changes,
  });
}

function event(name: string, time: string, more: object = {}): HistoryLine {
  return { line: 1, value: { event: name, kata: "lru-cache", at: at(time), ...more } };
}

test("a start begins an attempt: its grades, hints and minutes are its own", () => {
  const lines = [
    event("started", "09:00", { timedMinutes: 30 }),
    event("hint", "09:10", { level: 1 }),
    event("hint", "09:15", { level: 2 }),
    event("started", "11:00"),
    event("hint", "11:01", { level: 3 }),
  ];
  const grades = [grade("09:20", 40), grade("09:45", 100), grade("10:00", 100), grade("11:09", 70)];
  const [kata, ...others] = readAttempts(grades, lines, SPECS);
  expect(others).toEqual([]);
  expect(kata?.attempts).toMatchObject([
    { startedAt: at("09:00"), timedMinutes: 30, hints: 2, best: 100, minutesToPass: 45 },
    { startedAt: at("11:00"), hints: 1, best: 70, minutesToPass: undefined, gaveUp: false },
  ]);
  expect(kata?.attempts.map((attempt) => attempt.grades.length)).toEqual([3, 1]);
});

test("grades without a start are an attempt of unknown beginning", () => {
  const lines = [event("started", "10:00")];
  const [kata] = readAttempts([grade("09:00", 100), grade("10:30", 100)], lines, SPECS);
  expect(kata?.attempts).toMatchObject([
    { startedAt: undefined, minutesToPass: undefined, best: 100 },
    { startedAt: at("10:00"), minutesToPass: 30 },
  ]);
});

test("a part of a grade, or a regrade, is no first pass", () => {
  const lines = [
    event("started", "09:00"),
    event("regraded", "09:21", { report: "09:20" }),
    event("gave-up", "09:25"),
  ];
  const part = grade("09:10", 100, { options: { budget: false } });
  const [kata] = readAttempts([part, grade("09:20", 100), grade("09:30", 100)], lines, SPECS);
  const [attempt] = kata?.attempts ?? [];
  expect(attempt).toMatchObject({ minutesToPass: 30, gaveUp: true });
  expect(attempt?.grades.map(({ isWhole, isRegrade }) => [isWhole, isRegrade])).toEqual([
    [false, false],
    [true, true],
    [true, false],
  ]);
});

test("a solution that is opened after the pass is no giving up", () => {
  const lines = [event("started", "09:00"), event("gave-up", "09:50")];
  const [kata] = readAttempts([grade("09:30", 100)], lines, SPECS);
  expect(kata?.attempts[0]?.gaveUp).toBe(false);
});

test("grades by another spec are marked; of a kata that is gone nothing is claimed", () => {
  const old = grade("09:00", 100, { specHash: "old" });
  const gone = grade("09:00", 100, { kata: "gone", specHash: "old" });
  const [first, second] = readAttempts([old, grade("10:00", 40), gone], [], SPECS);
  expect(first).toMatchObject({ kata: "gone", specHash: undefined });
  expect(first?.attempts[0]?.grades[0]?.isByOlderSpec).toBe(false);
  expect(second?.attempts[0]?.grades.map(({ isByOlderSpec }) => isByOlderSpec)).toEqual([
    true,
    false,
  ]);
});

test("the ratio is the geometric mean of the time budgets", () => {
  const time = { kind: "time", what: "", rule: 1, limit: 5, outcome: "within" } as const;
  const budgets = [
    { ...time, id: "a", ratio: 4 },
    { ...time, id: "b", ratio: 1 },
  ];
  const [kata] = readAttempts([grade("09:00", 100, { budgets })], [], SPECS);
  expect(kata?.attempts[0]?.ratio).toBe(2);
});

test("an event that is damaged is left out", () => {
  const lines = [
    { line: 1, value: { event: "started", kata: 3, at: at("09:00") } },
    { line: 2, value: { event: "started", kata: "lru-cache" } },
  ];
  const [kata] = readAttempts([grade("10:00", 100)], lines, SPECS);
  expect(kata?.attempts).toMatchObject([{ startedAt: undefined }]);
});
