import { readFileSync } from "node:fs";
import type { BudgetResult } from "../model/grade-report.ts";
import type { Kata } from "../model/kata.ts";
import type { DeclaredProperty } from "../model/outcome.ts";
import type { Subject } from "../model/subject.ts";
import type { SubjectRun } from "../run/run-spec.ts";
import type { Finding } from "./finding.ts";
import type { Matrix } from "./matrix.ts";
import { readTags, type SubjectTags } from "./subject-tags.ts";

/** Everything that was found out about a kata by running it. The checks only look at it. */
export interface Evidence {
  readonly kata: Kata;
  readonly declared: readonly DeclaredProperty[];
  /** Each subject at the common seed. */
  readonly first: ReadonlyMap<string, SubjectRun>;
  /** The same once more. */
  readonly second: ReadonlyMap<string, SubjectRun>;
  /** Correct subjects at further seeds. */
  readonly seeds: readonly SeededRun[];
  readonly matrix: Matrix;
  /** By subject: the correct ones, and the wrong answers that a budget must catch. */
  readonly budgets: Readonly<Record<string, readonly BudgetResult[]>>;
  /** The reference with a cost planted over every limit. */
  readonly planted: readonly BudgetResult[];
  /** What importing the spec takes. */
  readonly importMs: number;
  /** The kata at the base commit; undefined outside a repository or for a new kata. */
  readonly base: BaseVersion | undefined;
}

/** What a kata was before the work at hand. */
export interface BaseVersion {
  readonly spec: string;
  readonly isStable: boolean;
}

export interface SeededRun {
  readonly subject: Subject;
  readonly seed: number;
  readonly run: SubjectRun | undefined;
}

/** A check of what was found out. */
export interface EvidenceCheck {
  readonly id: string;
  find(evidence: Evidence): Finding[];
}

/** A check of what can be seen without running anything. */
export interface FileCheck {
  readonly id: string;
  find(kata: Kata, root: string): Finding[];
}

/** Reference, stub, wrong answers and alternatives. */
export function allSubjects({ reference, stub, wrongs, alternatives }: Kata): Subject[] {
  return [reference, stub, ...wrongs, ...alternatives];
}

export function correctSubjects({ reference, alternatives }: Kata): Subject[] {
  return [reference, ...alternatives];
}

export function tagsOf({ file }: Subject): SubjectTags {
  return readTags(readFileSync(file, "utf8"));
}
