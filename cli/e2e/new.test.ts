import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { awkwardFolder, runCli, type CliRun } from "./run-cli.ts";

const SLUG = "hit-counter";
let dir: string;
beforeEach(() => {
  dir = awkwardFolder();
});

function kata(...args: string[]): Promise<CliRun> {
  return runCli(dir, args, { KATA_ROOT: dir });
}

function written({ stdout }: CliRun): string[] {
  return [...stdout.matchAll(/^Wrote (.+)$/gm)].map(([, file = ""]) => file);
}

test("writes a kata that runs, and verify lists what it lacks in the order to do it", async () => {
  const made = await kata("new", SLUG, "--chapter", "analytics");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(written(made)).toHaveLength(10);
  const { code, stdout } = await kata("verify", SLUG, "--json");
  expect(code).toBe(1);
  const { results } = JSON.parse(stdout) as {
    results: { findings: { check: string }[]; properties: unknown[] }[];
  };
  expect(results[0]?.properties).toHaveLength(4);
  const checks = results[0]?.findings.map(({ check }) => check);
  expect(checks).toEqual([
    ...Array<string>(6).fill("unwritten"),
    "enough-subjects",
    ...Array<string>(4).fill("stock-mutants"),
    ...Array<string>(3).fill("no-dead-weight"),
  ]);
}, 120_000);

test("what it writes is formatted and grades its own reference as passed", async () => {
  const made = await kata("new", SLUG, "--chapter", "analytics", "--title", "Hits, counted");
  const files = written(made).map((file) => join(dir, file));
  const prettier = join(PACKAGE_ROOT, "node_modules/prettier/bin/prettier.cjs");
  const config = join(PACKAGE_ROOT, ".prettierrc.json");
  execFileSync(process.execPath, [prettier, "--config", config, "--check", ...files]);
  const source = join(dir, "solutions/analytics/hit-counter/solution.ts");
  const attempt = join(dir, "mine.ts");
  const text = readFileSync(source, "utf8").replace(/^import.*\n/, "");
  writeFileSync(attempt, text.replace(" implements Stub", ""));
  const graded = await kata("grade", SLUG, "--file", attempt, "--no-budget");
  expect(graded.code).toBe(0);
}, 120_000);

test("never writes over a kata, in whatever chapter", async () => {
  await kata("new", SLUG, "--chapter", "analytics");
  const again = await kata("new", SLUG, "--chapter", "elsewhere");
  expect(again).toMatchObject({ code: 2, stdout: "" });
  expect(again.stderr).toContain("There is a kata hit-counter already, in the chapter analytics.");
});

test.each([
  [["new", "Hit_Counter", "--chapter", "x"], "must be kebab-case"],
  [["new", SLUG], "--chapter does not accept nothing"],
  [["new", SLUG, "--chapter", "../x"], "in kebab-case"],
  [["new", SLUG, "--chapter", "x", "--difficulty", "9"], "--difficulty does not accept 9"],
  [["new", SLUG, "--chapter", "x", "--minutes", "soon"], "--minutes does not accept soon"],
  [["new", SLUG, "--chapter", "x", "--plan", "9.9"], "week.day"],
  [["new", SLUG, "--chapter", "x", "--kind", "poem"], "--kind does not accept poem"],
  [["new", SLUG, "--chapter", "x", "--class", "hit counter"], "--class does not accept"],
])("%j is refused: %s", async (args, why) => {
  const run = await kata(...args);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain(why);
});

test("an installed package is no place for a kata", async () => {
  const root = join(dir, "node_modules", "kata");
  const run = await runCli(dir, ["new", SLUG, "--chapter", "x"], { KATA_ROOT: root });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("kata pack new");
});
