import { z } from "zod";

/**
 * What the spec worker is told when it looks for the mutants of one subject that no property
 * notices, in place of judging subjects.
 */
export interface MutationPlan {
  /** Numbers of the mutants to try, as the instrumented subject knows them. */
  readonly mutants: readonly string[];
  /** What an earlier worker measured without any mutant: it is not measured again. */
  readonly baseline?: Baseline;
}

/** How one property goes on the subject as it is, and which mutants it comes across. */
export const Coverage = z.strictObject({
  property: z.string(),
  held: z.boolean(),
  ms: z.number(),
  /** Mutant to the number of times that its place is reached. */
  hits: z.record(z.string(), z.int()),
});
export type Coverage = z.infer<typeof Coverage>;

export const Baseline = z.strictObject({
  /** Mutants whose place is reached while the module loads: such a mutant is loaded anew. */
  loading: z.array(z.string()),
  properties: z.array(Coverage),
});
export type Baseline = z.infer<typeof Baseline>;

/**
 * `killed`: a property fails, or the module does not load. `timed-out`: it does not come to an end.
 * `survived`: every property that reaches it holds. `uncovered`: no property reaches it.
 */
export const MutantFate = z.strictObject({
  t: z.literal("mutant"),
  mutant: z.string(),
  fate: z.enum(["killed", "timed-out", "survived", "uncovered"]),
  /** What notices it: a property, `loading`, or `budget:<id>`. */
  by: z.string().optional(),
});
export type MutantFate = z.infer<typeof MutantFate>;

/** One line of the private channel between a worker that tries mutants and the grader. */
export const MutationRecord = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("baseline"), baseline: Baseline }),
  /** Something begins that should take no longer than `limitMs`; without a mutant: the baseline. */
  z.strictObject({
    t: z.literal("trying"),
    mutant: z.string().optional(),
    by: z.string(),
    limitMs: z.number(),
  }),
  MutantFate,
  z.strictObject({ t: z.literal("mutants-end") }),
]);
export type MutationRecord = z.infer<typeof MutationRecord>;

/** One small change of a reference. */
export const Mutant = z.strictObject({
  /** Stays the same while the changed code and what encloses it stay the same. */
  id: z.string(),
  /** Its number in the instrumented source, which any edit may change. */
  number: z.string(),
  /** The kind of change, by Stryker's name: `EqualityOperator`. */
  mutator: z.string(),
  /** From 1. */
  line: z.int(),
  /** The lines that it changes, before and after, without their common indentation. */
  before: z.array(z.string()),
  after: z.array(z.string()),
});
export type Mutant = z.infer<typeof Mutant>;

/** A mutant and what became of it. */
export const TriedMutant = z.strictObject({
  ...Mutant.shape,
  fate: MutantFate.shape.fate,
  by: z.string().optional(),
  /** Properties that reach its place, the quickest first. */
  coveredBy: z.array(z.string()),
  /** Whether it was held against the budgets on memory too: a survivor is, unless it is reviewed. */
  isWeighed: z.boolean(),
});
export type TriedMutant = z.infer<typeof TriedMutant>;

/** All mutants of one reference, as they are kept for the next time. */
export const TriedMutants = z.strictObject({
  /** Hash of all that decides the fates. */
  key: z.string(),
  /** Properties that the reference itself breaks; no mutant is tried then. */
  broken: z.array(z.string()),
  mutants: z.array(TriedMutant),
});
export type TriedMutants = z.infer<typeof TriedMutants>;
