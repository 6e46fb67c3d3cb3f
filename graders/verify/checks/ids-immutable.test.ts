import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Evidence } from "../evidence.ts";
import { idsImmutable, propertiesIn } from "./ids-immutable.ts";

const BEFORE = `
defineSpec<typeof Stub>("x", ({ X }, check) => {
  check.property("keeps-order", { rule: [1, 2], points: 60, runs: 50 }, keys(), (key) => {});
  check
    .vector("adds", { rule: 3, points: 40 }, [1], () => {});
});
`;

test("reads ids, points and rules as they are written", () => {
  expect(propertiesIn(BEFORE)).toEqual([
    { id: "keeps-order", points: 60, rules: [1, 2] },
    { id: "adds", points: 40, rules: [3] },
  ]);
});

interface Now {
  readonly id: string;
  readonly points: number;
  readonly rules: readonly number[];
  readonly replaces?: string;
}

function find(now: readonly Now[], isStable = true): string[] {
  const file = join(mkdtempSync(join(tmpdir(), "kata-ids-")), "x.spec.ts");
  writeFileSync(file, BEFORE);
  const evidence = {
    kata: { paths: { spec: file } },
    declared: now,
    base: { spec: BEFORE, isStable },
  };
  return idsImmutable.find(evidence as unknown as Evidence).map(({ message }) => message);
}

const order: Now = { id: "keeps-order", points: 60, rules: [1, 2] };
const adds: Now = { id: "adds", points: 40, rules: [3] };

test.each([
  ["nothing changed", [order, adds], []],
  ["an id is gone", [order], ["the stable property adds is gone"]],
  ["a new id takes its place", [order, { ...adds, id: "sums", replaces: "adds" }], []],
  ["points changed", [order, { ...adds, points: 30 }], ["adds gave 40 points and now gives 30"]],
  ["rules changed", [{ ...order, rules: [1] }, adds], ["keeps-order judged rule 1, 2 and now 1"]],
])("%s", (_, now, messages) => {
  expect(find(now)).toEqual(messages);
});

test("a draft may change as it likes", () => {
  expect(find([], false)).toEqual([]);
});
