import { say } from "../model/say.ts";
import { judgeCount } from "../judge/judge-count.ts";
import { judgeGrowth } from "../judge/judge-growth.ts";
import { judgeMemory } from "../judge/judge-memory.ts";
import { confirmBudget, judgeRatio } from "../judge/judge-ratio.ts";
import type { BudgetResult } from "../model/grade-report.ts";
import { KataError } from "../model/kata-error.ts";
import type { Kata } from "../model/kata.ts";
import type { DeclaredBudget } from "../model/outcome.ts";
import {
  measureBudgets,
  type BudgetMeasurement,
  type MeasureOptions,
} from "../run/measure-budgets.ts";

/**
 * Measures and judges the budgets of an accepted attempt: time, growth and counts, then memory unless the
 * attempt is over a limit already. A result that is over its limit, or unclear, counts only if a
 * second, fresh process agrees.
 * @throws KataError `content-broken` when the bench itself cannot be read.
 */
export async function judgeBudgets(
  kata: Kata,
  attemptFile: string,
  options: MeasureOptions = {},
): Promise<BudgetResult[]> {
  const timed = await judgeTwice(kata, attemptFile, "time", options);
  const weighs = timed.some(({ kind }) => kind === "memory");
  if (!weighs || timed.some(({ outcome }) => outcome === "over")) return timed;
  const weighed = await judgeTwice(kata, attemptFile, "memory", options);
  return timed.map((result) => {
    return weighed.find(({ id, kind }) => id === result.id && kind === "memory") ?? result;
  });
}

/**
 * Judges budgets that should be over their limit: by one measurement, and those that are not by a
 * second in a fresh process, as a busy moment can hide a cost.
 */
export async function judgeExcess(
  kata: Kata,
  attemptFile: string,
  options: MeasureOptions = {},
): Promise<BudgetResult[]> {
  const first = await judgeOnce(kata, attemptFile, options);
  const missed = first.filter(({ outcome }) => outcome !== "over").map(({ id }) => id);
  if (missed.length === 0 || options.signal?.aborted === true) return first;
  const second = await judgeOnce(kata, attemptFile, { ...options, only: missed });
  return first.map((result) => second.find(({ id }) => id === result.id) ?? result);
}

async function judgeOnce(
  kata: Kata,
  attemptFile: string,
  options: MeasureOptions,
): Promise<BudgetResult[]> {
  const measure = async (measures: "time" | "memory"): Promise<BudgetResult[]> =>
    judge(kata, measures, await measureBudgets(kata, attemptFile, measures, options));
  const timed = await measure("time");
  if (!timed.some(({ kind }) => kind === "memory")) return timed;
  const weighed = await measure("memory");
  return timed.map((result) =>
    result.kind === "memory" ? (weighed.find(({ id }) => id === result.id) ?? result) : result,
  );
}

/** Only the budgets on memory, which no property can look at, each weighed once. */
export async function judgeMemoryBudgets(
  kata: Kata,
  attemptFile: string,
  options: MeasureOptions = {},
): Promise<BudgetResult[]> {
  const measurement = await measureBudgets(kata, attemptFile, "memory", options);
  return judge(kata, "memory", measurement).filter(({ kind }) => kind === "memory");
}

async function judgeTwice(
  kata: Kata,
  attemptFile: string,
  measures: "time" | "memory",
  options: MeasureOptions,
): Promise<BudgetResult[]> {
  const measure = async (): Promise<BudgetResult[]> =>
    judge(kata, measures, await measureBudgets(kata, attemptFile, measures, options));
  const first = await measure();
  if (!first.some(isOpen) || options.signal?.aborted === true) return first;
  const second = new Map((await measure()).map((result) => [result.id, result]));
  return first.map((result) => {
    const again = second.get(result.id);
    return isOpen(result) && again !== undefined ? confirmBudget(result, again) : result;
  });
}

function isOpen({ outcome }: BudgetResult): boolean {
  return outcome === "over" || outcome === "inconclusive";
}

function judge(
  { slug }: Kata,
  measures: "time" | "memory",
  measurement: BudgetMeasurement,
): BudgetResult[] {
  const { declared, measured, failed, broken, process } = measurement;
  if (declared.length === 0 && process.reason !== "aborted") {
    const why = say`its bench declares nothing${broken === undefined ? "" : ` (${broken})`}`;
    throw new KataError("content-broken", { slug, why });
  }
  return declared.map((budget) => {
    const { id, kind, what, rule } = budget;
    const found = measured.get(id);
    if (budget.kind === "time" && found?.t === "measured") return judgeRatio(budget, found.ratios);
    if (budget.kind === "growth" && found?.t === "grown") return judgeGrowth(budget, found.points);
    if (budget.kind === "count" && found?.t === "counted") return judgeCount(budget, found);
    if (budget.kind === "memory" && found?.t === "weighed") return judgeMemory(budget, found);
    if (kind === "memory" && measures === "time") {
      const why = say`not weighed, as another budget is over its limit`;
      return { id, kind, what, rule, limit: limitOf(budget), outcome: "not-run", why };
    }
    const why = failed.get(id) ?? broken ?? say`the bench ended before it`;
    return { id, kind, what, rule, limit: limitOf(budget), outcome: "not-run", why };
  });
}

function limitOf(budget: DeclaredBudget): number {
  switch (budget.kind) {
    case "time":
    case "count":
      return budget.maxRatio;
    case "growth":
      return budget.maxExcess;
    case "memory":
      return budget.maxBytes;
  }
}
