import { expect, test } from "vitest";
import { findProperties } from "./find-properties.ts";

test("finds each id with its line and the rules it cites", () => {
  const spec = [
    'check.property("a-b", { rule: 1, points: 5 }, keys, () => {});',
    "check.model<Setup, Step>(",
    '  "two-lines",',
    "  { rule: [2, 13], points: 5 },",
    "check.throws('bad-input', META, []);",
    'other.property("not-ours", {});',
  ].join("\n");
  expect(findProperties(spec)).toEqual([
    { id: "a-b", line: 1, rules: [1] },
    { id: "two-lines", line: 3, rules: [2, 13] },
    { id: "bad-input", line: 5, rules: [] },
  ]);
});
