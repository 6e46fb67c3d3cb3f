import { expect, test } from "vitest";
import type { LibraryEntry } from "../../graders/reading.ts";
import type { HistoryLine } from "../workspace/history.ts";
import { planDrills } from "./plan-drills.ts";
import { rateRound } from "./rate-round.ts";
import { readRounds } from "./read-rounds.ts";

const DAY = 24 * 60;
/** `minute` counts from noon of 1 November 2026, in UTC. */
const at = (minute: number): string =>
  new Date(Date.UTC(2026, 10, 1, 12) + minute * 60_000).toISOString();
const started = (minute: number, kata = "lru-cache"): object => ({
  event: "started",
  kata,
  at: at(minute),
});
const hint = (minute: number, kata = "lru-cache"): object => ({
  event: "hint",
  kata,
  level: 1,
  at: at(minute),
});
const gaveUp = (minute: number, kata = "lru-cache"): object => ({
  event: "gave-up",
  kata,
  at: at(minute),
});
const graded = (
  minute: number,
  verdict = "passed",
  options: object = {},
  kata = "lru-cache",
): object => ({
  kata,
  verdict,
  options,
  times: { startedAt: at(minute) },
});

function lines(...values: object[]): HistoryLine[] {
  return values.map((value, index) => ({ line: index + 1, value: value as HistoryLine["value"] }));
}

function goes(...values: object[]): string[] {
  const { rounds, isOpen } = readRounds(lines(...values)).get("lru-cache") ?? {
    rounds: [],
    isOpen: false,
  };
  const told = rounds.map(
    ({ outcome, minutes, hints }) => `${outcome} after ${minutes} min, ${hints} hints`,
  );
  return isOpen ? [...told, "open"] : told;
}

test("a go lasts from a blank stub to the first whole pass or to the solution", () => {
  expect(goes(started(0), graded(5, "failed"), hint(6), graded(20), graded(30))).toEqual([
    "passed after 20 min, 1 hints",
  ]);
  expect(goes(started(0), gaveUp(9), graded(20))).toEqual(["gave-up after 9 min, 0 hints"]);
  expect(goes(started(0), graded(20), started(60), hint(61))).toEqual([
    "passed after 20 min, 0 hints",
    "open",
  ]);
  expect(goes(started(0), graded(1, "passed", { only: "x" }), started(5))).toEqual([]);
  expect(goes(graded(20))).toEqual(["passed after undefined min, 0 hints"]);
  // The clock was set back.
  expect(goes(started(100), graded(120), started(50), graded(60))).toEqual([
    "passed after 20 min, 0 hints",
    "passed after 70 min, 0 hints",
  ]);
});

test("the rating comes from give-ups, hints and minutes", () => {
  const go = { outcome: "passed", ended: new Date(0), endedOn: "", minutes: 20, hints: 0 } as const;
  expect(rateRound({ ...go, outcome: "gave-up" }, 20)).toBe("again");
  expect(rateRound({ ...go, hints: 1, minutes: 1 }, 20)).toBe("hard");
  expect(rateRound({ ...go, minutes: 41 }, 20)).toBe("hard");
  expect(rateRound({ ...go, minutes: 40 }, 20)).toBe("good");
  expect(rateRound({ ...go, minutes: undefined }, 20)).toBe("good");
  expect(rateRound({ ...go, minutes: 11 }, 20)).toBe("good");
  expect(rateRound({ ...go, minutes: 10 }, 20)).toBe("easy");
});

const INDEX = ["lru-cache", "bloom-filter"].map(
  (slug) => ({ slug, title: slug, minutes: 20 }) as LibraryEntry,
);

async function due(now: number, ...values: object[]): Promise<string[]> {
  const drills = await planDrills(lines(...values), INDEX, new Date(at(now)));
  return drills.map(({ slug, due: date, inDays, last }) => `${slug} ${date} ${inDays} ${last}`);
}

test("each rating waits for as long as FSRS's published first stabilities say", async () => {
  // FSRS 6 begins with stabilities of 0.212, 1.2931, 2.3065 and 8.2956 days: the interval at 90 %
  // retention, at least a day and at least one more than the rating below it.
  expect(await due(30, started(0), gaveUp(20))).toEqual(["lru-cache 2026-11-02 1 again"]);
  expect(await due(30, started(0), hint(1), graded(20))).toEqual(["lru-cache 2026-11-03 2 hard"]);
  expect(await due(30, started(0), graded(20))).toEqual(["lru-cache 2026-11-04 3 good"]);
  expect(await due(30, started(0), graded(10))).toEqual(["lru-cache 2026-11-09 8 easy"]);
});

test("what was passed again waits longer, and what was forgotten comes back soon", async () => {
  const first = [started(0), graded(20)];
  const [good] = await due(3 * DAY + 30, ...first, started(3 * DAY), graded(3 * DAY + 20));
  expect(Number(good?.split(" ")[2])).toBeGreaterThan(3);
  const [again] = await due(3 * DAY + 30, ...first, started(3 * DAY), gaveUp(3 * DAY + 20));
  expect(Number(again?.split(" ")[2])).toBeLessThanOrEqual(3);
});

test("the one that is due first comes first; unknown and unfinished katas are left out", async () => {
  const history = [
    started(0),
    graded(20),
    started(0, "bloom-filter"),
    gaveUp(10, "bloom-filter"),
    graded(10, "passed", {}, "gone-kata"),
  ];
  expect(await due(5 * DAY, ...history)).toEqual([
    "bloom-filter 2026-11-02 -4 again",
    "lru-cache 2026-11-04 -2 good",
  ]);
  expect(await due(0, started(0), graded(5, "failed"))).toEqual([]);
});
