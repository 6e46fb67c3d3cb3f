import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { sampleReport } from "../e2e/sample-report.ts";
import { appendEvent, appendReport, historyFile, readHistory, readLines } from "./history.ts";
import { readProgress } from "./progress.ts";

let workspace: string;
let warnings: string;
const ctx = { stderr: { write: (text: string) => (warnings += text) } };
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "kata histoire é-"));
  warnings = "";
});
afterEach(() => rmSync(workspace, { recursive: true }));

function report(id: string, points: number): GradeReport {
  return sampleReport({
    id,
    score: { points, of: 100, judged: 100, properties: points, budgets: 0 },
    verdict: points === 100 ? "passed" : "failed",
  });
}

test("keeps grades and events apart, in order", async () => {
  appendReport(ctx, workspace, report("a", 40));
  appendEvent(ctx, workspace, { event: "hint", kata: "lru-cache", level: 2, at: "" });
  appendReport(ctx, workspace, report("b", 70));
  const { reports, damaged } = await readHistory(workspace);
  expect(reports.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(damaged).toEqual([]);
  const progress = readProgress(ctx, workspace).get("lru-cache");
  expect(progress).toEqual({ state: "tried", best: 70, hintLevel: 2, specHash: "0" });
  expect(warnings).toBe("");
});

test("a pass stays a pass, whatever comes after", () => {
  for (const points of [100, 10]) appendReport(ctx, workspace, report("x", points));
  appendEvent(ctx, workspace, { event: "gave-up", kata: "lru-cache", at: "" });
  const progress = readProgress(ctx, workspace).get("lru-cache");
  expect(progress).toMatchObject({ state: "passed", best: 100 });
});

test("knows by which spec a state was reached: the last pass, else the best grade", () => {
  const specHash = (): string | undefined =>
    readProgress(ctx, workspace).get("lru-cache")?.specHash;
  const grade = (points: number, hash: string): boolean =>
    appendReport(ctx, workspace, { ...report("x", points), specHash: hash });
  grade(40, "a");
  expect(specHash()).toBe("a");
  grade(70, "b");
  grade(10, "c");
  expect(specHash()).toBe("b");
  grade(100, "c");
  grade(70, "d");
  expect(specHash()).toBe("c");
  appendEvent(ctx, workspace, { event: "regraded", kata: "lru-cache", report: "x", at: "" });
  grade(100, "d");
  expect(specHash()).toBe("d");
  expect(warnings).toBe("");
});

test("skips a damaged line and says which", async () => {
  appendReport(ctx, workspace, report("a", 40));
  appendFileSync(historyFile(workspace), '{"kata":\n[1]\n\n{"schemaVersion":1,"kata":"x"}\n');
  appendReport(ctx, workspace, report("b", 70));
  const { reports, damaged } = await readHistory(workspace);
  expect(reports.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(damaged).toEqual([2, 3, 5]);
  readProgress(ctx, workspace);
  expect(warnings).toContain("lines 2, 3, 5 of");
});

test("a half-written line never swallows the next", async () => {
  appendReport(ctx, workspace, report("a", 40));
  appendFileSync(historyFile(workspace), JSON.stringify(report("torn", 50)).slice(0, 60));
  appendReport(ctx, workspace, report("b", 70));
  const { reports, damaged } = await readHistory(workspace);
  expect(reports.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(damaged).toEqual([2]);
});

test("a disk that refuses is a warning, never an error", () => {
  writeFileSync(join(workspace, ".kata"), "in the way");
  expect(appendReport(ctx, workspace, report("a", 40))).toBe(false);
  expect(warnings).toContain("This grade was not kept");
  expect(readLines(workspace)).toEqual({ lines: [], damaged: [], problem: undefined });
});

test("a history that is a folder is a warning, never an error", () => {
  mkdirSync(historyFile(workspace), { recursive: true });
  expect(appendReport(ctx, workspace, report("a", 40))).toBe(false);
  warnings = "";
  expect(readProgress(ctx, workspace).size).toBe(0);
  expect(warnings).toContain("cannot be read: a folder stands");
});

test("200 appends from 8 processes at once lose and mix nothing", async () => {
  const built = pathToFileURL(join(PACKAGE_ROOT, "dist/cli/workspace/history.js")).href;
  const child = join(workspace, "child.mjs");
  writeFileSync(
    child,
    `import { appendEvent } from ${JSON.stringify(built)};
     const [, , workspace, id] = process.argv;
     for (let i = 0; i < 25; i += 1) {
       const kata = id + ":" + i + ":" + "é".repeat(5_000);
       appendEvent(process, workspace, { event: "hint", kata, level: i, at: "" });
     }`,
  );
  const codes = await Promise.all(
    Array.from({ length: 8 }, (_, id) => {
      const run = spawn(process.execPath, [child, workspace, String(id)], { stdio: "inherit" });
      return new Promise((resolve) => run.on("close", resolve));
    }),
  );
  expect(codes).toEqual(Array(8).fill(0));
  const { lines, damaged } = readLines(workspace);
  expect(damaged).toEqual([]);
  const names = new Set(lines.map(({ value }) => String(value["kata"]).split("é")[0]));
  expect(names.size).toBe(200);
}, 30_000);

test("kill -9 in the middle of 1,000 writes loses no write that was done, and mixes none", async () => {
  const built = pathToFileURL(join(PACKAGE_ROOT, "dist/cli/workspace/history.js")).href;
  const child = join(workspace, "child.mjs");
  const kata = "é".repeat(20_000);
  writeFileSync(
    child,
    `import { writeSync } from "node:fs";
     import { appendEvent } from ${JSON.stringify(built)};
     const [, , workspace, round] = process.argv;
     for (let level = 0; ; level += 1) {
       const kata = round + ":" + "é".repeat(20_000);
       if (!appendEvent(process, workspace, { event: "hint", kata, level, at: "" })) break;
       writeSync(1, round + ":" + level + "\\n");
     }`,
  );
  const done = new Set<string>();
  for (let round = 0; done.size < 1_000; round += 1) {
    const run = spawn(process.execPath, [child, workspace, String(round)]);
    let said = "";
    run.stdout.on("data", (data: Buffer) => {
      said += data.toString();
      if (said.split("\n").length > 120 + round) run.kill("SIGKILL");
    });
    await new Promise((resolve) => run.on("close", resolve));
    expect(run.signalCode).toBe("SIGKILL");
    for (const name of said.split("\n").slice(0, -1)) done.add(name);
  }
  appendEvent(ctx, workspace, { event: "hint", kata, level: 0, at: "after" });
  const { lines, damaged } = readLines(workspace);
  const found = new Set(
    lines.map(({ value }) => `${String(value["kata"]).split(":")[0]}:${String(value["level"])}`),
  );
  expect([...done].filter((name) => !found.has(name))).toEqual([]);
  // Every readable line is whole, and a torn one is only ever what a kill cut off.
  for (const { value } of lines) expect(String(value["kata"])).toMatch(/^(\d+:)?é{20000}$/);
  expect(damaged.length).toBeLessThanOrEqual(10);
  expect(lines.at(-1)?.value["at"]).toBe("after");
}, 60_000);
