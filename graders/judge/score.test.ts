import { expect, test } from "vitest";
import type { BudgetResult, PropertyResult } from "../model/grade-report.ts";
import { score } from "./score.ts";

const property = (
  id: string,
  points: number,
  outcome: PropertyResult["outcome"],
): PropertyResult => ({
  id,
  points,
  outcome,
  rules: [1],
  rulesText: [""],
  runs: 1,
  ms: 1,
});
const budget = (outcome: BudgetResult["outcome"]): BudgetResult => ({
  id: outcome,
  kind: "time",
  what: "",
  rule: 1,
  limit: 3,
  outcome,
});
const held = [property("a", 60, "held"), property("b", 40, "held")];
const half = [property("a", 60, "held"), property("b", 40, "violated")];

test.each<
  [string, PropertyResult[], BudgetResult[] | undefined, string | undefined, number, number]
>([
  ["all hold, all within", held, [budget("within"), budget("within")], undefined, 100, 100],
  [
    "all hold, half of the budgets within",
    held,
    [budget("within"), budget("over")],
    undefined,
    85,
    100,
  ],
  ["all hold, no budgets in this kata", held, [], undefined, 100, 100],
  ["all hold, budgets left out", held, undefined, undefined, 70, 70],
  ["60 of 100 points hold: 42 of 70", half, [], undefined, 42, 100],
  ["budgets do not count while a property fails", half, [budget("within")], undefined, 42, 100],
  [
    "one property asked for",
    [property("a", 60, "not-run"), property("b", 40, "held")],
    undefined,
    "b",
    28,
    28,
  ],
  ["nothing ran", [], [], undefined, 0, 30],
])("%s", (_, properties, budgets, only, points, judged) => {
  expect(score(properties, budgets, { only })).toMatchObject({ points, judged, of: 100 });
});

test("an attempt that tampered, or cannot be graded, keeps nothing", () => {
  for (const budgets of [[], [budget("within")]]) {
    expect(score(held, budgets, { nothingCounts: true })).toMatchObject({ points: 0 });
  }
});

test("a run that was stopped gives no points for budgets that nobody measured", () => {
  expect(score(held, [], { stopped: true })).toMatchObject({ points: 70, judged: 100 });
});
