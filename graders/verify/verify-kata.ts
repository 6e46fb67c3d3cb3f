import { existsSync } from "node:fs";
import { relative } from "node:path";
import type { BudgetResult } from "../model/grade-report.ts";
import type { Kata } from "../model/kata.ts";
import type { DeclaredProperty } from "../model/outcome.ts";
import { baseCommit, fileAt } from "../run/git.ts";
import { typecheckEach } from "../run/typecheck.ts";
import { reach } from "./checks/reach.ts";
import { budgetFits } from "./checks/budget-fits.ts";
import { budgetHasTeeth } from "./checks/budget-has-teeth.ts";
import { builtIns } from "./checks/built-ins.ts";
import { correctPass } from "./checks/correct-pass.ts";
import { deterministic } from "./checks/deterministic.ts";
import { enoughSubjects } from "./checks/enough-subjects.ts";
import { files } from "./checks/files.ts";
import { idsImmutable } from "./checks/ids-immutable.ts";
import { noDeadWeight } from "./checks/no-dead-weight.ts";
import { points } from "./checks/points.ts";
import { rulesCovered } from "./checks/rules-covered.ts";
import { specIsQuick } from "./checks/spec-is-quick.ts";
import { statement } from "./checks/statement.ts";
import { stockMutants } from "./checks/stock-mutants.ts";
import { stubFails } from "./checks/stub-fails.ts";
import { stub } from "./checks/stub.ts";
import { tags } from "./checks/tags.ts";
import { types } from "./checks/types.ts";
import { unwritten } from "./checks/unwritten.ts";
import { wrongsKilled } from "./checks/wrongs-killed.ts";
import {
  allSubjects,
  type BaseVersion,
  type Evidence,
  type EvidenceCheck,
  type FileCheck,
} from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { runBudgets, runSpecs, withBudgets, type GatherOptions } from "./gather-evidence.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import type { Matrix } from "./matrix.ts";
import { applyWaivers, type Waived } from "./waivers.ts";

/** Without running anything, in the order in which an author should act. */
const FILE_CHECKS: readonly FileCheck[] = [
  files,
  stub,
  statement,
  unwritten,
  tags,
  enoughSubjects,
  stockMutants,
];
/** On what a run showed. */
const EVIDENCE_CHECKS: readonly EvidenceCheck[] = [
  builtIns,
  stubFails,
  correctPass,
  points,
  rulesCovered,
  wrongsKilled,
  noDeadWeight,
  budgetFits,
  budgetHasTeeth,
  deterministic,
  specIsQuick,
  idsImmutable,
];

export interface VerifyOptions extends GatherOptions {
  readonly root: string;
  /** Shared by katas that are verified together. */
  readonly lanes?: Lanes;
  /** The commit against which ids must not change; origin/main or the last commit when left out. */
  readonly base?: string;
}

export interface Verification {
  readonly kata: string;
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  readonly properties: readonly DeclaredProperty[];
  readonly matrix: Matrix;
  readonly budgets: Readonly<Record<string, readonly BudgetResult[]>>;
  /** Of work, in both lanes together. */
  readonly seconds: number;
}

/** Proves a kata: all findings at once, in the order of the checks. Empty findings: it has teeth. */
export async function verifyKata(kata: Kata, options: VerifyOptions): Promise<Verification> {
  const { root, signal, onStep, lanes = createLanes() } = options;
  let workMs = 0;
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const startedMs = performance.now();
    try {
      return await work();
    } finally {
      workMs += performance.now() - startedMs;
    }
  };
  const found: Finding[] = FILE_CHECKS.flatMap((check) => check.find(kata, root));
  const done = (rest: Partial<Verification> = {}): Verification => ({
    kata: kata.slug,
    ...applyWaivers(kata, found),
    properties: [],
    matrix: {},
    budgets: {},
    seconds: Math.round(workMs / 100) / 10,
    ...rest,
  });
  const { spec, bench, reference, stub: stubFile } = kata.paths;
  if (![spec, bench, reference, stubFile].every((file) => existsSync(file))) return done();

  const unfit = await reach.find(kata);
  if (unfit.length > 0) {
    // Not to be waived: a pack does not decide what it may use.
    const { findings } = done();
    return done({ findings: [...unfit, ...findings] });
  }

  const checked = await lanes.specs.run(() =>
    timed(() => {
      onStep?.("types");
      const modules = allSubjects(kata).map(({ file }) => file);
      return typecheckEach(modules, stubFile, signal);
    }),
  );
  const compiles = [...checked.values()].every(
    ({ problems, missing }) => problems.length + missing.length === 0,
  );
  if (!compiles || signal?.aborted === true) {
    found.push(...types.find(kata, checked));
    return done();
  }
  const [specs, measured] = await Promise.all([
    lanes.specs.run(() => timed(() => runSpecs(kata, options))),
    lanes.benches.run(() => timed(() => runBudgets(kata, options))),
  ]);
  const matrix = withBudgets(specs.matrix, measured.budgets);
  const base = baseOf(kata, options);
  const evidence: Evidence = { kata, ...specs, ...measured, matrix, base };
  found.push(...EVIDENCE_CHECKS.flatMap((check) => check.find(evidence)));
  return done({ properties: specs.declared, matrix, budgets: measured.budgets });
}

function baseOf({ paths, pack }: Kata, { root, base }: VerifyOptions): BaseVersion | undefined {
  // git runs what a repository's settings name, and a pack's are somebody else's.
  if (pack !== undefined) return undefined;
  const commit = baseCommit(root, base);
  if (commit === undefined) return undefined;
  const [spec, manifest] = [paths.spec, paths.manifest].map((file) =>
    fileAt(root, commit, relative(root, file)),
  );
  if (spec === undefined || manifest === undefined) return undefined;
  return { spec, isStable: /"status":\s*"stable"/.test(manifest) };
}
