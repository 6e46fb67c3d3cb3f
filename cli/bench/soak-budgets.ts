import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT } from "../../graders/reading.ts";

/*
 * `npm run soak:budgets`: whole grades of an attempt that costs so many times as much as the
 * reference, against a limit of 3; half of them while every core is busy. A wrong verdict is one
 * that does not follow from the cost that was planted.
 */
const GRADES = Number(process.argv[2] ?? 30);
const LIMIT = 3;
const COSTS = [1, 1.5, 2.5, 3.5, 6];
const CORES = 2;
const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));
const TOYS = join(PACKAGE_ROOT, "graders/fixtures/root");
const REFERENCE = readFileSync(join(TOYS, "solutions/toys/spin/solution.ts"), "utf8");

const dir = mkdtempSync(join(tmpdir(), "kata-soak-"));
let wrong = 0;

function grade(cost: number): { verdict: string; ratio: number; ms: number } {
  const file = join(dir, "spin.ts");
  writeFileSync(file, REFERENCE.replace("20_000", String(20_000 * cost)));
  const env = { PATH: process.env["PATH"] ?? "", KATA_ROOT: TOYS };
  const args = [MAIN, "grade", "spin", "--file", file, "--json"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: dir, env, encoding: "utf8" });
  const { verdict, budgets, times } = JSON.parse(stdout) as GradeReport;
  return { verdict, ratio: budgets[0]?.ratio ?? Number.NaN, ms: times.budgetsMs };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(cells: readonly (string | number)[]): void {
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join("")}\n`);
}

try {
  row(["load", "cost", "passed", "failed", "inconcl.", "ratio", "min", "max", "budget ms"]);
  for (const loaded of [false, true]) {
    const busy: ChildProcess[] = loaded
      ? Array.from({ length: CORES }, () => spawn(process.execPath, ["-e", "for (;;);"]))
      : [];
    try {
      for (const cost of COSTS) {
        const grades = Array.from({ length: GRADES }, () => grade(cost));
        const count = (verdict: string): number =>
          grades.filter((g) => g.verdict === verdict).length;
        wrong += count(cost < LIMIT ? "failed" : "passed");
        const ratios = grades.map(({ ratio }) => ratio);
        row([
          loaded ? "busy" : "idle",
          `${cost}x`,
          count("passed"),
          count("failed"),
          count("inconclusive"),
          median(ratios).toFixed(2),
          Math.min(...ratios).toFixed(2),
          Math.max(...ratios).toFixed(2),
          median(grades.map(({ ms }) => ms)).toFixed(0),
        ]);
      }
    } finally {
      for (const child of busy) child.kill("SIGKILL");
    }
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
process.stdout.write(`\n${wrong} wrong verdicts\n`);
process.exitCode = wrong === 0 ? 0 : 1;
