import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GradeReport } from "../../graders/index.ts";
import { awkwardFolder, runCli } from "./run-cli.ts";
import { TOYS } from "./tally-folder.ts";

const env = { KATA_ROOT: TOYS };

/** Grades one solution of the toy `shelf`, which has a budget of each kind but time. */
async function grade(file: string, ...args: string[]): Promise<GradeReport> {
  const dir = awkwardFolder();
  const folder = join(dir, "attempts", "shelf");
  mkdirSync(folder, { recursive: true });
  const source = readFileSync(join(TOYS, "solutions/toys/shelf", file), "utf8");
  const attempt = source.replace(/import type.*\n/, "").replace(" implements Stub", "");
  writeFileSync(join(folder, "shelf.ts"), attempt);
  const { stdout } = await runCli(dir, ["grade", "shelf", "--json", ...args], env);
  return GradeReport.parse(JSON.parse(stdout));
}

function outcomes({ budgets }: GradeReport): Record<string, string> {
  return Object.fromEntries(budgets.map(({ id, outcome }) => [id, outcome]));
}

test("the reference is within every kind of budget, and each shows its numbers", async () => {
  const report = await grade("solution.ts");
  expect(report).toMatchObject({ verdict: "passed", score: { points: 100 } });
  const [growth, count, memory] = report.budgets;
  expect(growth?.points?.map(({ size }) => size)).toEqual([1_000, 4_000, 16_000, 64_000]);
  // 100 members, each looked up once, one comparison each.
  expect(count).toMatchObject({ count: 100, referenceCount: 100, ratio: 1, limit: 1.5 });
  // One bit a member, and the object around them.
  expect(memory?.bytes).toBeGreaterThan(0.1);
  expect(memory?.bytes).toBeLessThan(0.2);
});

test.each([
  ["wrong/linear.ts", { "has-grows": "over", comparisons: "within", bytes: "not-run" }],
  ["wrong/compares.ts", { "has-grows": "within", comparisons: "over", bytes: "not-run" }],
  ["wrong/booleans.ts", { "has-grows": "within", comparisons: "within", bytes: "over" }],
])("%s is over the budget that it was planted for, and no other", async (file, expected) => {
  const report = await grade(file);
  expect(report).toMatchObject({ verdict: "failed", reason: "over-budget" });
  expect(outcomes(report)).toEqual(expected);
});

test("a grade with fewer runs is a trial", async () => {
  const { verdict, options } = await grade("solution.ts", "--runs", "1");
  expect({ verdict, runs: options.runs }).toEqual({ verdict: "passed", runs: 1 });
});
