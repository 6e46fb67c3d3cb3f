import { z } from "zod";
import type { MutationPlan } from "./mutation.ts";
import { Story } from "./story.ts";

/**
 * How one property ended. `violated`: a counterexample broke the rule. `errored`: the subject threw
 * where the rule gives an answer. `too-slow`: cut off between two runs. `timed-out`: cut off from
 * outside, inside one run. `not-run`: something before it ended the grade.
 */
export const PROPERTY_OUTCOMES = [
  "held",
  "violated",
  "errored",
  "too-slow",
  "timed-out",
  "not-run",
] as const;

/** What a spec says of a property before any subject is loaded. */
export const DeclaredProperty = z.strictObject({
  id: z.string(),
  /** Rule numbers of the statement. */
  rules: z.array(z.int().min(1)),
  points: z.number().min(0),
  /** Runs that make it complete (cases, for a table). */
  runs: z.int().min(1),
  /** Time after which it is cut off between two runs, in ms. */
  limitMs: z.number().min(1),
  /** Whether its inputs are random, so that the seed matters. */
  random: z.boolean(),
  /** The id whose place it takes, with another meaning. */
  replaces: z.string().optional(),
});
export type DeclaredProperty = z.infer<typeof DeclaredProperty>;

/** The failing input and what came of it, as text made by the harness. */
export const Failure = z.strictObject({
  /** What was looked at: `has("a") after add("a")`. */
  what: z.string(),
  expected: z.string().optional(),
  actual: z.string().optional(),
  /** The shrunk input, as a JavaScript literal. */
  input: z.string().optional(),
  /** The steps of a script up to the one that broke the rule. */
  steps: z.array(z.string()).optional(),
  /** Where an exception came from. */
  stack: z.string().optional(),
  /** What led to it, in a simulated cluster. */
  story: Story.optional(),
});
export type Failure = z.infer<typeof Failure>;

export const PropertyRecord = z.strictObject({
  t: z.literal("outcome"),
  subject: z.string(),
  id: z.string(),
  outcome: z.enum(["held", "violated", "errored", "too-slow"]),
  runs: z.int().min(0),
  shrinks: z.int().min(0),
  ms: z.number(),
  seed: z.int(),
  /** fast-check's path to the counterexample; replays it together with the seed. */
  path: z.string().optional(),
  /** The clock ended the shrinking or the telling: how small the failure is depends on the machine. */
  cutShort: z.boolean().optional(),
  failure: Failure.optional(),
});
export type PropertyRecord = z.infer<typeof PropertyRecord>;

/** One line of the private channel between a spec worker and the grader. */
export const SpecRecord = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("declared"),
    slug: z.string(),
    properties: z.array(DeclaredProperty),
    /** CPU time from the harness being there to the properties being declared: what the spec adds. */
    importMs: z.number(),
  }),
  z.strictObject({ t: z.literal("loading"), subject: z.string() }),
  z.strictObject({ t: z.literal("loaded"), subject: z.string() }),
  z.strictObject({
    t: z.literal("load-failed"),
    subject: z.string(),
    missing: z.array(z.string()),
    message: z.string(),
    stack: z.string().optional(),
  }),
  z.strictObject({ t: z.literal("started"), subject: z.string(), id: z.string() }),
  /** A counterexample is found; making it small has a time of its own. */
  z.strictObject({ t: z.literal("shrinking"), subject: z.string(), id: z.string() }),
  PropertyRecord,
  /** A built-in that all code shares is not what it was. */
  z.strictObject({ t: z.literal("tampered"), subject: z.string(), what: z.string() }),
  /** The example of a simulation, as the subject's nodes play it. */
  z.strictObject({
    t: z.literal("example"),
    subject: z.string(),
    story: Story,
    broken: z.string().optional(),
  }),
  /** A handler of a simulated node is about to run. */
  z.strictObject({ t: z.literal("call"), subject: z.string(), call: z.string() }),
  /** Calls on the subject in the property before. */
  z.strictObject({ t: z.literal("calls"), subject: z.string(), calls: z.int().min(0) }),
  z.strictObject({ t: z.literal("spec-broken"), message: z.string() }),
  z.strictObject({ t: z.literal("end"), subject: z.string() }),
]);
export type SpecRecord = z.infer<typeof SpecRecord>;

export interface PlannedSubject {
  readonly name: string;
  readonly file: string;
  /** In place of the plan's seed; tables are left out then, as no seed changes them. */
  readonly seed?: number;
  /** Judged only when the subject before it broke nothing. */
  readonly afterSuccess?: boolean;
  /** Only these properties are judged. */
  readonly only?: readonly string[];
  /** Only whether it breaks counts: failures are not shrunk. */
  readonly briefly?: boolean;
  /** Without the fixed examples of each property: what random inputs find by themselves. */
  readonly unaided?: boolean;
}

/** What the spec worker is told, as the first line of the private channel. */
export interface SpecPlan {
  readonly slug: string;
  readonly subjects: readonly PlannedSubject[];
  /** Names that a subject must export as values. */
  readonly exports: readonly string[];
  readonly seed: number;
  /** Runs of each random property, in place of its own number. */
  readonly runs?: number;
  readonly only?: string;
  /** Tells of each handler of a node before it runs. */
  readonly announcesCalls?: boolean;
  /** Tells how many calls each property makes on the subject. */
  readonly countsCalls?: boolean;
  /** Runs the example of a simulation instead of the properties. */
  readonly tracesExample?: boolean;
  /** Replays one counterexample of the property `only`. */
  readonly replay?: { readonly seed: number; readonly path: string };
  /** Whether a counterexample is made smaller; it is when this is not said. */
  readonly shrinks?: boolean;
  /** Tries mutants of the first subject in place of judging all of them. */
  readonly mutation?: MutationPlan;
}

const budget = {
  id: z.string(),
  /** Number of the rule in the statement. */
  rule: z.int().min(1),
};

/** What a bench says of a budget before any code is measured. */
export const DeclaredBudget = z.discriminatedUnion("kind", [
  z.strictObject({
    ...budget,
    kind: z.literal("time"),
    /** What one timed call is: `1,000 adds`. */
    what: z.string(),
    /** Largest accepted ratio of the attempt's time to the reference's. */
    maxRatio: z.number().gt(1),
  }),
  z.strictObject({
    ...budget,
    kind: z.literal("growth"),
    /** What is timed, and what grows: `a get, by the number of entries`. */
    what: z.string(),
    sizes: z.array(z.int().min(1)).min(3),
    /** Largest accepted slope of log time to log size, above the reference's. */
    maxExcess: z.number().positive(),
  }),
  z.strictObject({
    ...budget,
    kind: z.literal("count"),
    /** What is counted, for which work: `comparisons for 1,000 inserts`. */
    what: z.string(),
    /** Largest accepted ratio of the attempt's count to the reference's. */
    maxRatio: z.number().min(1),
  }),
  z.strictObject({
    ...budget,
    kind: z.literal("memory"),
    /** What one element is: `key`, `entry`. */
    what: z.string(),
    elements: z.int().min(1),
    /** Largest accepted number of bytes an element. */
    maxBytes: z.number().positive(),
  }),
]);
export type DeclaredBudget = z.infer<typeof DeclaredBudget>;
export type TimeBudget = Extract<DeclaredBudget, { kind: "time" }>;
export type GrowthBudget = Extract<DeclaredBudget, { kind: "growth" }>;
export type CountBudget = Extract<DeclaredBudget, { kind: "count" }>;
export type MemoryBudget = Extract<DeclaredBudget, { kind: "memory" }>;

/** Best time of one call at one size, in ms. */
export const GrowthPoint = z.strictObject({
  size: z.int(),
  attemptMs: z.number().positive(),
  referenceMs: z.number().positive(),
});
export type GrowthPoint = z.infer<typeof GrowthPoint>;

/** One line of the private channel between a bench worker and the grader. */
export const BenchRecord = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("declared"), slug: z.string(), budgets: z.array(DeclaredBudget) }),
  z.strictObject({ t: z.literal("started"), id: z.string() }),
  z.strictObject({
    t: z.literal("measured"),
    id: z.string(),
    /** Ratio of the medians, one for each interleaved block. */
    ratios: z.array(z.number().positive()),
    /** Median time of one call, in ms. */
    attemptMs: z.number(),
    referenceMs: z.number(),
    ms: z.number(),
  }),
  /** Sizes from the smallest on; the largest are missing when the attempt became too slow. */
  z.strictObject({ t: z.literal("grown"), id: z.string(), points: z.array(GrowthPoint) }),
  z.strictObject({
    t: z.literal("counted"),
    id: z.string(),
    attemptCount: z.number().min(0),
    referenceCount: z.number().min(0),
  }),
  z.strictObject({
    t: z.literal("weighed"),
    id: z.string(),
    /** Retained bytes an element, less what the same procedure finds for nothing. */
    attemptBytes: z.number(),
    referenceBytes: z.number(),
  }),
  z.strictObject({ t: z.literal("bench-failed"), id: z.string().optional(), message: z.string() }),
  z.strictObject({ t: z.literal("end") }),
]);
export type BenchRecord = z.infer<typeof BenchRecord>;

/** What the bench worker is told, as the first line of its private channel. */
export interface BenchPlan {
  readonly slug: string;
  /** Time, growth and counts need a process that never collects by force, memory one that can. */
  readonly measures: "time" | "memory";
  /** Native modules (`.mjs`): bundled from TypeScript by the grader. */
  readonly bench: string;
  readonly attempt: string;
  readonly reference: string;
  /** Other correct implementations that warm the driver first, so that no side is measured on code tuned for it. */
  readonly warmers: readonly string[];
  /** Makes the attempt's side cost more than each budget allows, to see that the budget notices. */
  readonly planted?: boolean;
  /** The ids of the budgets to measure; all of them when left out. */
  readonly only?: readonly string[];
}
