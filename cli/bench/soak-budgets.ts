import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BudgetResult, GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT } from "../../graders/reading.ts";

/*
 * `npm run soak:budgets [grades] [time|growth|count|memory] [idle|busy]`: whole grades of attempts
 * whose cost is planted, half of them while every core is busy. A wrong verdict is one that does not
 * follow from the cost; an inconclusive one is counted apart.
 */
const GRADES = Number(process.argv[2] ?? 30);
const ONLY = process.argv[3];
const LOADS = ["idle", "busy"].filter((load) => load === (process.argv[4] ?? load));
/** Limit of the toy `spin`. */
const LIMIT = 3;
const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));
const TOYS = join(PACKAGE_ROOT, "graders/fixtures/root");

interface Plant {
  readonly kind: BudgetResult["kind"];
  readonly kata: "spin" | "shelf";
  readonly cost: string;
  readonly source: string;
  readonly expected: "passed" | "failed";
  /** What the budget measured. */
  readonly numberOf: (budget: BudgetResult) => number | undefined;
}

const spin = readFileSync(join(TOYS, "solutions/toys/spin/solution.ts"), "utf8");
const times = [1, 1.5, 2.5, 3.5, 6].map((cost): Plant => {
  return {
    kind: "time",
    kata: "spin",
    cost: `${cost}x`,
    source: spin.replace("20_000", String(20_000 * cost)),
    expected: cost < LIMIT ? "passed" : "failed",
    numberOf: ({ ratio }) => ratio,
  };
});

function shelf(
  kind: Plant["kind"],
  cost: string,
  file: string,
  numberOf: Plant["numberOf"],
): Plant {
  const stub = JSON.stringify(join(TOYS, "katas/toys/shelf/stub.ts"));
  const source = readFileSync(join(TOYS, "solutions/toys/shelf", file), "utf8").replace(
    /"[^"]*\/stub\.ts"/,
    stub,
  );
  const expected = file === "solution.ts" ? "passed" : "failed";
  return { kind, kata: "shelf", cost, source, expected, numberOf };
}

const slope = ({ slope: found }: BudgetResult): number | undefined => found;
const bytes = ({ bytes: found }: BudgetResult): number | undefined => found;
const count = ({ count: found }: BudgetResult): number | undefined => found;
const PLANTS: readonly Plant[] = [
  ...times,
  shelf("growth", "O(1)", "solution.ts", slope),
  shelf("growth", "O(n)", "wrong/linear.ts", slope),
  shelf("growth", "O(n^2)", "wrong/quadratic.ts", slope),
  shelf("count", "1 compare", "solution.ts", count),
  shelf("count", "2 compares", "wrong/compares.ts", count),
  shelf("memory", "bits", "solution.ts", bytes),
  shelf("memory", "booleans", "wrong/booleans.ts", bytes),
  shelf("memory", "Set", "wrong/set.ts", bytes),
].filter(({ kind }) => ONLY === undefined || kind === ONLY);

const dir = mkdtempSync(join(tmpdir(), "kata-soak-"));
let wrong = 0;
let inconclusive = 0;

interface Grade {
  readonly verdict: GradeReport["verdict"];
  readonly found: number;
  readonly ms: number;
}

function grade({ kata, kind, source, numberOf }: Plant): Grade {
  const file = join(dir, `${kata}.ts`);
  writeFileSync(file, source);
  const env = { PATH: process.env["PATH"] ?? "", KATA_ROOT: TOYS };
  const args = [MAIN, "grade", kata, "--file", file, "--json"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: dir, env, encoding: "utf8" });
  const report = JSON.parse(stdout) as GradeReport;
  const budget = report.budgets.find((each) => each.kind === kind);
  const found = (budget && numberOf(budget)) ?? Number.NaN;
  return { verdict: report.verdict, found, ms: report.times.budgetsMs };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell) => cell.padStart(11)).join("")}\n`);
}

function report(load: string, plant: Plant, grades: readonly Grade[]): void {
  const verdicts = (verdict: string): number => grades.filter((g) => g.verdict === verdict).length;
  const open = verdicts("inconclusive");
  inconclusive += open;
  wrong += grades.length - open - verdicts(plant.expected);
  const found = grades.map((each) => each.found).filter((each) => !Number.isNaN(each));
  row([
    load,
    plant.kind,
    plant.cost,
    String(verdicts("passed")),
    String(verdicts("failed")),
    String(open),
    ...[median(found), Math.min(...found), Math.max(...found)].map((each) => each.toFixed(2)),
    median(grades.map(({ ms }) => ms)).toFixed(0),
    (loadavg()[0] ?? 0).toFixed(1),
  ]);
}

try {
  const numbers = ["median", "min", "max"];
  row(["load", "budget", "cost", "passed", "failed", "inconcl.", ...numbers, "ms", "load avg"]);
  for (const load of LOADS) {
    const cores = load === "busy" ? availableParallelism() : 0;
    const busy = Array.from({ length: cores }, () =>
      spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
    );
    try {
      for (const plant of PLANTS) {
        const grades = Array.from({ length: GRADES }, () => grade(plant));
        report(load, plant, grades);
      }
    } finally {
      for (const child of busy) child.kill("SIGKILL");
    }
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
process.stdout.write(`\n${wrong} wrong verdicts, ${inconclusive} inconclusive\n`);
process.exitCode = wrong === 0 ? 0 : 1;
