import { existsSync, readFileSync } from "node:fs";
import { COMMON_SEED } from "../grade/grade-attempt.ts";
import { judgeBudgets } from "../grade/judge-budgets.ts";
import type { BudgetResult } from "../model/grade-report.ts";
import type { Kata } from "../model/kata.ts";
import type { DeclaredProperty } from "../model/outcome.ts";
import type { Subject } from "../model/subject.ts";
import { typecheck } from "../run/typecheck.ts";
import { checkFiles } from "./check-files.ts";
import {
  checkDeterministic,
  checkKills,
  checkPasses,
  checkProperties,
  checkStubFails,
  killersOf,
  type KillMatrix,
} from "./check-subjects.ts";
import type { Finding } from "./finding.ts";
import { runSubjects, type SubjectsRun } from "./run-subjects.ts";
import { readTags } from "./wrong-answer-tags.ts";

const REFERENCE_SEEDS = 20;
const ALTERNATIVE_SEEDS = 3;

export interface VerifyOptions {
  readonly root: string;
  readonly signal?: AbortSignal;
  /** What is being done, in a few words. */
  readonly onStep?: (step: string) => void;
}

export interface Verification {
  readonly kata: string;
  readonly findings: readonly Finding[];
  readonly properties: readonly DeclaredProperty[];
  /** Wrong answer to the properties and budgets that catch it. */
  readonly killed: Readonly<KillMatrix>;
  readonly budgets: Readonly<Record<string, readonly BudgetResult[]>>;
  readonly seconds: number;
}

/** Proves a kata: all findings at once, in the order of the checks. Empty findings: it has teeth. */
export async function verifyKata(kata: Kata, options: VerifyOptions): Promise<Verification> {
  const started = performance.now();
  const step = (text: string): void => options.onStep?.(text);
  const findings: Finding[] = checkFiles(kata, options.root);
  const done = (rest: Partial<Verification> = {}): Verification => ({
    kata: kata.slug,
    findings,
    properties: [],
    killed: {},
    budgets: {},
    seconds: Math.round((performance.now() - started) / 100) / 10,
    ...rest,
  });
  const { spec, bench, reference, stub, statement } = kata.paths;
  if (![spec, bench, reference, stub, statement].every((file) => existsSync(file))) return done();

  step("types");
  findings.push(...(await checkTypes(kata)));
  if (findings.some(({ check }) => check === "types")) return done();

  const run = await runAll(kata, options);
  const { declared } = run.first;
  findings.push(...checkStubFails(kata, run.first.subjects.get("stub"), declared));
  findings.push(...checkCorrect(kata, run.first));
  const killed: KillMatrix = {};
  for (const { name } of kata.wrongs) killed[name] = killersOf(run.first.subjects.get(name));
  for (const subject of allSubjects(kata)) {
    const [one, two] = [run.first, run.second].map(({ subjects }) => subjects.get(subject.name));
    findings.push(...checkDeterministic(subject, one, two));
  }

  const budgets = await measureAll(kata, options);
  for (const [name, results] of Object.entries(budgets)) {
    const over = results
      .filter(({ outcome }) => outcome === "over")
      .map(({ id }) => `budget:${id}`);
    if (name in killed) killed[name]?.push(...over);
    else findings.push(...checkBudgets(kata, name, results));
  }
  const declaredBudgets = budgets["reference"] ?? [];
  findings.push(
    ...checkProperties(kata, declared, declaredBudgets),
    ...checkKills(kata, killed, declared),
  );
  return done({ properties: declared, killed, budgets });
}

function allSubjects({ reference, stub, wrongs, alternatives }: Kata): Subject[] {
  return [reference, stub, ...wrongs, ...alternatives];
}

async function checkTypes(kata: Kata): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { file, name } of allSubjects(kata)) {
    const { problems, missing } = await typecheck(file, kata.paths.stub);
    for (const { file: source, line, message } of problems) {
      findings.push({ check: "types", file: source, line, message, fix: "Make it compile." });
    }
    for (const key of missing) {
      const message = `${name} does not export ${key}`;
      findings.push({ check: "types", file, line: 1, message, fix: "Export it." });
    }
  }
  return findings;
}

/** All subjects twice at the common seed, the correct ones at more seeds besides. */
async function runAll(
  kata: Kata,
  { signal, onStep }: VerifyOptions,
): Promise<{ first: SubjectsRun; second: SubjectsRun }> {
  const subjects = allSubjects(kata);
  const more = [
    ...atMoreSeeds(kata.reference, REFERENCE_SEEDS),
    ...kata.alternatives.flatMap((alternative) => atMoreSeeds(alternative, ALTERNATIVE_SEEDS)),
  ];
  const options = (round: string): Parameters<typeof runSubjects>[3] => ({
    ...(signal === undefined ? {} : { signal }),
    onSubject: (name) => onStep?.(`${round}: ${name}`),
  });
  const first = await runSubjects(kata, [...subjects, ...more], COMMON_SEED, options("spec"));
  const second = await runSubjects(kata, subjects, COMMON_SEED, options("spec again"));
  return { first, second };
}

function atMoreSeeds(
  { name, file }: Subject,
  count: number,
): { name: string; file: string; seed: number }[] {
  return Array.from({ length: count - 1 }, (_, index) => {
    const seed = COMMON_SEED + 1 + index;
    return { name: `${name}@${seed}`, file, seed };
  });
}

function checkCorrect(kata: Kata, { subjects }: SubjectsRun): Finding[] {
  const findings: Finding[] = [];
  for (const subject of [kata.reference, ...kata.alternatives]) {
    const check = subject.kind === "reference" ? "reference-passes" : "alternatives-pass";
    findings.push(...checkPasses(check, subject, COMMON_SEED, subjects.get(subject.name)));
    for (const [name, run] of subjects) {
      const [base, seed] = name.split("@");
      if (base !== subject.name || seed === undefined) continue;
      findings.push(...checkPasses(check, subject, Number(seed), run));
    }
  }
  return findings;
}

/** Budgets of the correct subjects, and of the wrong answers that a budget must catch. */
async function measureAll(
  kata: Kata,
  { signal, onStep }: VerifyOptions,
): Promise<Record<string, readonly BudgetResult[]>> {
  const slow = kata.wrongs.filter(({ file }) =>
    readTags(readFileSync(file, "utf8")).killedBy.some((id) => id.startsWith("budget:")),
  );
  const budgets: Record<string, readonly BudgetResult[]> = {};
  for (const { name, file } of [kata.reference, ...kata.alternatives, ...slow]) {
    onStep?.(`budgets: ${name}`);
    budgets[name] = await judgeBudgets(kata, file, signal === undefined ? {} : { signal });
  }
  return budgets;
}

function checkBudgets(kata: Kata, name: string, results: readonly BudgetResult[]): Finding[] {
  return results
    .filter(({ outcome }) => outcome !== "within")
    .map((budget) => ({
      check: "budget-fits",
      file: kata.paths.bench,
      line: 1,
      message: `${name} is ${budget.outcome} in ${budget.id}: ${describeBudget(budget)}`,
      fix: "Make it cheaper, or set the limit to what a good design needs.",
    }));
}

function describeBudget(budget: BudgetResult): string {
  const { ratio, slope, referenceSlope, bytes, count, limit, why } = budget;
  if (count !== undefined) return `${count} against ${budget.referenceCount}, limit ${limit}x`;
  if (ratio !== undefined) return `ratio ${ratio.toFixed(2)}, limit ${limit}`;
  if (bytes !== undefined) return `${bytes.toFixed(1)} bytes an element, limit ${limit}`;
  if (slope === undefined || referenceSlope === undefined) return why ?? "not measured";
  return `slope ${slope.toFixed(2)}, reference ${referenceSlope.toFixed(2)}, limit +${limit}`;
}
