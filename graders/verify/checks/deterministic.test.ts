import { expect, test } from "vitest";
import type { Kata } from "../../model/kata.ts";
import type { PropertyRecord } from "../../model/outcome.ts";
import type { Evidence } from "../evidence.ts";
import { deterministic } from "./deterministic.ts";

const held: PropertyRecord = {
  t: "outcome",
  subject: "reference",
  id: "p",
  outcome: "held",
  runs: 40,
  shrinks: 0,
  ms: 1,
  seed: 7,
};
const broken: PropertyRecord = {
  ...held,
  outcome: "violated",
  runs: 3,
  path: "2:0:1",
  failure: { what: "n", actual: "4", stack: "at a" },
};
const smaller: Partial<PropertyRecord> = { path: "2:0:1:1", failure: { what: "n", actual: "1" } };

function findingsOf(one: PropertyRecord, two?: PropertyRecord, kind = "complete"): number {
  const runOf = (record: PropertyRecord | undefined) =>
    new Map([["reference", { records: record === undefined ? [] : [record], end: { kind } }]]);
  const reference = { name: "reference", file: "solution.ts" };
  const kata = { reference, stub: reference, wrongs: [], alternatives: [] } as unknown as Kata;
  const evidence = { kata, first: runOf(one), second: runOf(two) } as unknown as Evidence;
  // The stub of this kata is its reference, so all is found twice.
  return deterministic.find(evidence).length / 2;
}

test.each<[string, PropertyRecord, PropertyRecord | undefined, number]>([
  ["nothing differs", broken, { ...broken, ms: 9 }, 0],
  ["only the stack does", broken, { ...broken, failure: { what: "n", actual: "4" } }, 0],
  ["the outcome does", held, broken, 1],
  ["the second run says nothing", held, undefined, 1],
  ["the counterexample does", broken, { ...broken, ...smaller }, 1],
  ["the run that broke it does", broken, { ...broken, runs: 4 }, 1],
  [
    "the clock kept the first from being small",
    { ...broken, cutShort: true },
    { ...broken, ...smaller },
    0,
  ],
  [
    "the clock kept the second from being small",
    { ...broken, ...smaller },
    { ...broken, cutShort: true },
    0,
  ],
  [
    "it broke in another run, and was cut short",
    { ...broken, cutShort: true },
    { ...broken, runs: 4 },
    1,
  ],
  ["it held once, and was cut short", { ...broken, cutShort: true }, held, 1],
  [
    "how far a slow one came",
    { ...held, outcome: "too-slow" },
    { ...held, outcome: "too-slow", runs: 9 },
    0,
  ],
  ["a slow machine did not get through", held, { ...held, outcome: "too-slow", runs: 9 }, 0],
  ["a slow machine did not get there", { ...held, outcome: "too-slow", runs: 2 }, broken, 0],
  ["a slow one passed where the other broke", broken, { ...held, outcome: "too-slow" }, 1],
])("of two runs at one seed: %s", (_, one, two, findings) => {
  expect(findingsOf(one, two)).toBe(findings);
});

test("a run that the clock stopped says nothing of the properties behind", () => {
  expect(findingsOf(broken, undefined, "stopped")).toBe(0);
  expect(findingsOf(held, broken, "stopped")).toBe(1);
});
