import { expect, test } from "vitest";
import type { HistoryLine } from "../workspace/history.ts";
import { disguise, drawWrong } from "./draw-wrong.ts";
import { readHunts } from "./read-hunts.ts";
import { scoreHunt } from "./score-hunt.ts";

const WRONGS = ["a", "b", "c", "d"].map((name) => {
  return { name: `wrong/${name}`, file: "", bug: "", killers: ["x"] };
});

test("half the points are for finding it, half for as few calls as known", () => {
  expect([scoreHunt(3, 3), scoreHunt(2, 3), scoreHunt(6, 3), scoreHunt(300, 3)]).toEqual([
    100, 100, 75, 51,
  ]);
});

test("a seed draws the same wrong answer, and a found one only when there is no other", () => {
  const draw = (seed: number, found: string[] = []): string | undefined =>
    drawWrong("k", WRONGS, seed, new Set(found.map((name) => disguise("k", name))))?.name;
  expect(draw(7)).toBe(draw(7));
  const drawn = Array.from({ length: 50 }, (_, seed) => draw(seed));
  expect(new Set(drawn).size).toBe(4);
  for (let seed = 0; seed < 50; seed += 1) {
    expect(draw(seed, ["wrong/a", "wrong/b", "wrong/c"])).toBe("wrong/d");
  }
  expect(draw(7, ["wrong/a", "wrong/b", "wrong/c", "wrong/d"])).toBe(draw(7));
  expect(drawWrong("k", [], 7, new Set())).toBeUndefined();
});

test("the history tells how each hunt went, and the fewest calls on the same wrong answer", () => {
  const event = (step: object): object => ({ event: "hunt", kata: "k", ...step });
  const values = [
    event({ step: "found", calls: 1 }),
    event({ step: "drawn", seed: 1, drawn: "aa" }),
    event({ step: "found", calls: 9 }),
    event({ step: "drawn", seed: 2, drawn: "bb" }),
    event({ step: "revealed" }),
    event({ step: "drawn", seed: 1, drawn: "aa" }),
    { event: "hunt", kata: "other", step: "found", calls: 2 },
    event({ step: "found", calls: 12 }),
    event({ step: "drawn", seed: 1, drawn: "aa" }),
  ];
  const lines = values.map((value, index): HistoryLine => ({
    line: index + 1,
    value: value as HistoryLine["value"],
  }));
  expect(readHunts(lines, "k").map(({ state, bestCalls }) => [state, bestCalls])).toEqual([
    ["found", 9],
    ["revealed", undefined],
    ["found", 9],
    ["going", 9],
  ]);
});
