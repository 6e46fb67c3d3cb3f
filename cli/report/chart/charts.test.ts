import { expect, test } from "vitest";
import type { BudgetResult } from "../../../graders/index.ts";
import type { KataHistory, PastGrade } from "../../history/read-attempts.ts";
import { barsChart } from "./bars-chart.ts";
import { duration, growthChart } from "./growth-chart.ts";
import { multiplesChart } from "./multiples-chart.ts";
import { ratioChart, scoreChart } from "./past-charts.ts";

const grown: BudgetResult = {
  id: "get-grows",
  kind: "growth",
  what: "a get, by the number of <entries>",
  rule: 1,
  limit: 0.5,
  outcome: "over",
  slope: 1,
  referenceSlope: 0,
  points: [
    { size: 10, attemptMs: 0.1, referenceMs: 0.1 },
    { size: 100, attemptMs: 1, referenceMs: 0.1 },
    { size: 1_000, attemptMs: 10, referenceMs: 0.1 },
  ],
};

/** The places that the path of a line goes through. */
function places(svg: string | undefined, look: string): number[][] {
  const path = new RegExp(`class="line ${look}" d="(M[^"hZ]*)Z?"`).exec(svg ?? "")?.[1] ?? "";
  return path
    .slice(1)
    .split("L")
    .map((point) => point.split(",").map(Number));
}

test("linear growth is a diagonal, constant time is level, the limit lies between", () => {
  const svg = growthChart(grown, "slope 1");
  // The plot is 528 by 218 units; two decades of sizes over its width, two of times over its height.
  expect(places(svg, "mine")).toEqual([
    [76, 276],
    [340, 167],
    [604, 58],
  ]);
  expect(places(svg, "reference")).toEqual([
    [76, 276],
    [340, 276],
    [604, 276],
  ]);
  // A slope of 1/2: half as high at the end.
  expect(places(svg, "limit")).toEqual([
    [76, 276],
    [604, 167],
  ]);
});

test("a chart says in words what it shows, names its axes, and escapes what it is told", () => {
  const svg = growthChart(grown, "slope 1") ?? "";
  expect(svg).toContain("at 1,000 10 ms, reference 100 µs");
  expect(svg).toContain("size (logarithmic)");
  expect(svg).toContain("time of a call (logarithmic)");
  expect(svg).toContain("&lt;entries&gt;");
  expect(svg).not.toMatch(/NaN|undefined|Infinity|<entries>/);
});

test("no growth to show without points", () => {
  expect(growthChart({ ...grown, points: [] }, "")).toBeUndefined();
  const { points, ...without } = grown;
  expect(points).toHaveLength(3);
  expect(growthChart(without, "")).toBeUndefined();
});

test.each([
  [0.000_25, "250 ns"],
  [0.0125, "12.5 µs"],
  [3.456, "3.46 ms"],
  [12_345, "12.3 s"],
])("%d ms is %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test("budgets of every kind as multiples of the reference; one without figures is left out", () => {
  const base = { what: "", rule: 1, outcome: "within" } as const;
  const svg = multiplesChart([
    { ...base, id: "add", kind: "time", limit: 10, ratio: 0.1, interval: [0.1, 1] },
    { ...base, id: "bytes", kind: "memory", limit: 20, bytes: 4, referenceBytes: 2 },
    { ...base, id: "lost", kind: "time", limit: 5 },
    grown,
  ]);
  expect(svg).toContain("add 0.10x, limit 10.00x; bytes 2.00x, limit 10.00x.");
  expect(svg).not.toContain("lost");
  expect(multiplesChart([grown])).toBeUndefined();
});

const past: PastGrade = {
  id: "",
  at: "2026-11-21T10:00:00.000Z",
  verdict: "passed",
  reason: undefined,
  points: 100,
  isWhole: true,
  ratio: 2,
  specHash: "0",
  isByOlderSpec: false,
  isRegrade: false,
};
const history: KataHistory = { kata: "lru-cache", specHash: "0", attempts: [] };

test("points over time: passes are full, others hollow, older specs a line of their own", () => {
  const svg = scoreChart(history, [
    { ...past, at: "2026-11-20T10:00:00.000Z", isByOlderSpec: true, points: 50, verdict: "failed" },
    { ...past, at: "2026-11-21T09:00:00.000Z", points: 0, verdict: "failed" },
    past,
  ]);
  expect(svg?.match(/class="mark mine hollow"/g)).toHaveLength(1);
  expect(svg?.match(/class="mark reference hollow"/g)).toHaveLength(1);
  const [low, high] = places(svg, "mine");
  expect([low?.[1], high?.[1]]).toEqual([276, 58]);
  expect(places(svg, "reference")[0]?.[1]).toBe(167);
});

test("one grade, or a ratio of exactly 1, still makes axes", () => {
  for (const svg of [scoreChart(history, [past]), ratioChart(history, [{ ...past, ratio: 1 }])]) {
    expect(svg).toContain("<svg");
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
  expect(scoreChart(history, [])).toBeUndefined();
  expect(ratioChart(history, [{ ...past, ratio: undefined }])).toBeUndefined();
});

test("bars are as long as what they stand for", () => {
  const bars = [
    { name: "a", value: 50 },
    { name: "b <i>", value: 100 },
  ];
  const svg = barsChart({ id: "x", title: "t", label: "min", unit: "min", bars });
  const [half = 0, whole = 0] = [...svg.matchAll(/class="bar"[^>]*width="([\d.]+)"/g)].map(
    ([, width]) => Number(width),
  );
  expect(whole / half).toBeCloseTo(2, 2);
  expect(svg).toContain("b &lt;i&gt;");
});
