import { say } from "../model/say.ts";
import { COMMON_SEED } from "../grade/grade-attempt.ts";
import { judgeBudgets, judgeExcess } from "../grade/judge-budgets.ts";
import type { BudgetResult } from "../model/grade-report.ts";
import type { Kata } from "../model/kata.ts";
import type { DeclaredProperty, PlannedSubject } from "../model/outcome.ts";
import type { SubjectRun } from "../run/run-spec.ts";
import { allSubjects, correctSubjects, tagsOf, type SeededRun } from "./evidence.ts";
import type { Kill, Matrix } from "./matrix.ts";
import { runSubjects, type SubjectsRun } from "./run-subjects.ts";

/** Seeds at which every correct subject must pass, the common one included. */
const CORRECT_SEEDS = 20;
/** The author's seeds, at which every wrong answer must die. */
const AUTHOR_SEEDS = 10;
const BUDGET = "budget:";

export interface GatherOptions {
  readonly signal?: AbortSignal;
  /** What is being done, in a few words. */
  readonly onStep?: (step: string) => void;
}

export interface SpecEvidence {
  readonly declared: readonly DeclaredProperty[];
  readonly importMs: number;
  readonly first: ReadonlyMap<string, SubjectRun>;
  readonly second: ReadonlyMap<string, SubjectRun>;
  readonly seeds: readonly SeededRun[];
  /** Without the budgets. */
  readonly matrix: Matrix;
}

/** Runs the spec: all subjects twice, correct ones at more seeds, wrong ones at the author's. */
export async function runSpecs(kata: Kata, options: GatherOptions): Promise<SpecEvidence> {
  const { signal, onStep } = options;
  const run = (what: string, subjects: readonly PlannedSubject[]): Promise<SubjectsRun> =>
    runSubjects(kata, subjects, COMMON_SEED, {
      ...(signal === undefined ? {} : { signal }),
      onSubject: (name) => onStep?.(`${what}: ${name}`),
    });
  const subjects = allSubjects(kata);
  const correct = correctSubjects(kata).flatMap((subject) =>
    seedsFrom(1, CORRECT_SEEDS - 1).map((seed) => ({ subject, seed })),
  );
  const planned = correct.map(({ subject: { name, file }, seed }) => {
    return { name: `${name}@${seed}`, file, seed };
  });
  const first = await run("spec", [...subjects, ...planned]);
  const second = await run(say`spec again`, subjects);
  const { declared } = first;
  const importMs = Math.min(first.importMs, second.importMs);
  const seeds = correct.map(({ subject, seed }): SeededRun => {
    return { subject, seed, run: first.subjects.get(`${subject.name}@${seed}`) };
  });
  const matrix = await runMatrix(kata, first, (wrongs) => run(say`author's seeds`, wrongs));
  return { declared, importMs, first: first.subjects, second: second.subjects, seeds, matrix };
}

/** The budgets of the correct subjects, and those that a wrong answer names as catching it. */
export async function runBudgets(
  kata: Kata,
  { signal, onStep }: GatherOptions,
): Promise<{ budgets: Record<string, readonly BudgetResult[]>; planted: BudgetResult[] }> {
  const options = signal === undefined ? {} : { signal };
  const budgets: Record<string, readonly BudgetResult[]> = {};
  for (const { name, file } of correctSubjects(kata)) {
    onStep?.(say`budgets: ${name}`);
    budgets[name] = await judgeBudgets(kata, file, options);
  }
  const known = new Set(Object.values(budgets).flatMap((results) => results.map(({ id }) => id)));
  for (const wrong of kata.wrongs) {
    const named = tagsOf(wrong).killedBy.filter((id) => id.startsWith(BUDGET));
    // One that the bench does not declare catches nobody, which is a finding of its own.
    const ids = named.map((id) => id.slice(BUDGET.length)).filter((id) => known.has(id));
    if (ids.length === 0) continue;
    onStep?.(say`budgets: ${wrong.name}`);
    budgets[wrong.name] = await judgeExcess(kata, wrong.file, { ...options, only: ids });
  }
  onStep?.(say`budgets: a cost over each limit`);
  const planted = await judgeExcess(kata, kata.reference.file, { ...options, planted: true });
  return { budgets, planted };
}

/** Adds what the budgets catch to what the properties do. */
export function withBudgets(
  matrix: Matrix,
  budgets: Readonly<Record<string, readonly BudgetResult[]>>,
): Matrix {
  return Object.fromEntries(
    Object.entries(matrix).map(([name, kills]) => {
      const over = (budgets[name] ?? []).filter(({ outcome }) => outcome === "over");
      return [name, [...kills, ...over.map(({ id }): Kill => ({ killer: `${BUDGET}${id}` }))]];
    }),
  );
}

/** Who catches whom at the common seed, and how reliably each random property does at others. */
async function runMatrix(
  kata: Kata,
  first: SubjectsRun,
  run: (subjects: readonly PlannedSubject[]) => Promise<SubjectsRun>,
): Promise<Matrix> {
  const random = new Set(first.declared.filter((each) => each.random).map(({ id }) => id));
  const unaided = kata.manifest.kind === "simulation";
  const tried = new Map<string, string[]>();
  const planned = kata.wrongs.flatMap((wrong): PlannedSubject[] => {
    const found = killsOf(first.subjects.get(wrong.name));
    const slow = new Set(found.filter(({ isSlow }) => isSlow).map(({ kill }) => kill.killer));
    const candidates = [...found.map(({ kill }) => kill.killer), ...tagsOf(wrong).killedBy];
    const only = [...new Set(candidates)].filter((id) => random.has(id) && !slow.has(id));
    tried.set(wrong.name, only);
    if (only.length === 0) return [];
    const { name, file } = wrong;
    return seedsFrom(CORRECT_SEEDS, AUTHOR_SEEDS).map((seed) => {
      return { name: `${name}@${seed}`, file, seed, only, briefly: true, unaided };
    });
  });
  const { subjects } = await run(planned);
  return Object.fromEntries(
    kata.wrongs.map(({ name }) => {
      const found = killsOf(first.subjects.get(name));
      const only = tried.get(name) ?? [];
      const seeded = seedsFrom(CORRECT_SEEDS, AUTHOR_SEEDS).map(
        (seed) => new Set(killsOf(subjects.get(`${name}@${seed}`)).map(({ kill }) => kill.killer)),
      );
      return [
        name,
        found.map(({ kill }): Kill => {
          if (!only.includes(kill.killer)) return kill;
          const broken = seeded.filter((killers) => killers.has(kill.killer)).length;
          return { ...kill, seeds: { broken, of: AUTHOR_SEEDS } };
        }),
      ];
    }),
  );
}

interface FoundKill {
  readonly kill: Kill;
  /** A hang costs its whole limit at every seed, and shows the same. */
  readonly isSlow: boolean;
}

/** Properties that a run did not hold; a crash or a hang counts for the property it happened in. */
function killsOf(run: SubjectRun | undefined): FoundKill[] {
  if (run === undefined) return [];
  const found = run.records
    .filter(({ outcome }) => outcome !== "held")
    .map(({ id, outcome, runs, failure }): FoundKill => {
      const kill = { killer: id, run: runs, ...(failure === undefined ? {} : { failure }) };
      return { kill, isSlow: outcome === "too-slow" };
    });
  const { end } = run;
  if (end.kind !== "stopped" || end.property === undefined) return found;
  return [...found, { kill: { killer: end.property }, isSlow: true }];
}

function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => COMMON_SEED + first + index);
}
