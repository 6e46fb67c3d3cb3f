import { expect, test } from "vitest";
import { compareGrades, compareShares } from "./compare-shares.ts";
import type { Share } from "./read-shares.ts";
import type { SharedGrade } from "./share-file.ts";

const SPEC = "aaaaaaaaaaaa";

function grade(over: Partial<SharedGrade> = {}): SharedGrade {
  return {
    kata: "lru-cache",
    specHash: SPEC,
    attemptHash: "bbbbbbbbbbbb",
    verdict: "passed",
    points: 100,
    properties: [{ id: "evicts", points: 100, held: true }],
    budgets: [{ id: "get", kind: "time", outcome: "within", ratio: 1 }],
    hints: 0,
    minutes: 30,
    gaveUp: false,
    gradedAt: "2026-11-20T10:00:00Z",
    seed: 1,
    versions: { kata: "0.1.0", node: "v20.19.0" },
    ...over,
  };
}

const half = {
  verdict: "failed",
  points: 35,
  properties: [
    { id: "evicts", points: 50, held: true },
    { id: "keeps", points: 50, held: false },
  ],
  budgets: [],
} as const satisfies Partial<SharedGrade>;

function share(as: string, ...grades: SharedGrade[]): Share {
  return { schemaVersion: 1, as, sharedAt: "", grades, file: `${as}.kata.json` };
}

function places(shares: readonly Share[], installed = new Map<string, string>()): string[] {
  return compareShares(shares, installed).katas.flatMap(({ standings }) =>
    standings.map(({ member, place }) => `${member} ${place ?? "-"}`),
  );
}

test("points first, then the budget ratio, then hints, then minutes", () => {
  const ratio = (value: number): SharedGrade["budgets"] => [
    { id: "get", kind: "time", outcome: "within", ratio: value },
  ];
  const shares = [
    share("slow", grade({ budgets: ratio(2) })),
    share("half", grade(half)),
    share("hinted", grade({ hints: 1, minutes: 5 })),
    share("late", grade({ minutes: 60 })),
    share("best", grade({ minutes: 20 })),
  ];
  expect(places(shares)).toEqual(["best 1", "late 2", "hinted 3", "slow 4", "half 5"]);
});

test("what differs by noise only shares a place, and the next one is left out", () => {
  const near: SharedGrade["budgets"] = [
    { id: "get", kind: "time", outcome: "within", ratio: 1.04 },
  ];
  const shares = [
    share("a", grade()),
    share("b", grade({ budgets: near })),
    share("c", grade(half)),
  ];
  expect(places(shares)).toEqual(["a 1", "b 1", "c 3"]);
});

test("the ratio is the geometric mean: 0.5x and 2x are as good as 1x", () => {
  const budgets = [0.5, 2].map((ratio, index) => {
    return { id: `b${index}`, kind: "time", outcome: "within", ratio } as const;
  });
  expect(compareGrades(grade(), grade({ budgets }))).toBe(0);
});

test("another spec's grade is shown, never compared; the spec installed here decides which", () => {
  const other = "cccccccccccc";
  const shares = [
    share("old", grade({ specHash: other })),
    share("older", grade({ specHash: other })),
    share("new", grade(half)),
  ];
  expect(places(shares, new Map([["lru-cache", SPEC]]))).toEqual(["new 1", "old -", "older -"]);
  expect(places(shares)).toEqual(["old 1", "older 1", "new -"]);
});

test("a member without a measured ratio or minutes comes after one with them", () => {
  const { minutes: _, ...timeless } = grade();
  const shares = [
    share("no-minutes", timeless),
    share("no-ratio", grade({ budgets: [] })),
    share("all", grade()),
  ];
  expect(places(shares)).toEqual(["all 1", "no-minutes 2", "no-ratio 3"]);
});

test.each([
  ["honest", grade(), undefined],
  ["honest half", grade(half), undefined],
  [
    "forged points",
    grade({ ...half, points: 100 }),
    "claims 100 points where its properties and budgets give 35",
  ],
  ["forged pass", grade({ ...half, verdict: "passed" }), "claims a pass with 35 points"],
])("%s", (_, claimed, doubt) => {
  const { katas } = compareShares([share("m", claimed)], new Map());
  expect(katas[0]?.standings[0]?.doubt).toBe(doubt);
});
