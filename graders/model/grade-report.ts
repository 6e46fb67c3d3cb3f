import { z } from "zod";
import { Denial } from "./denial.ts";
import { Failure, GrowthPoint, PROPERTY_OUTCOMES } from "./outcome.ts";

export const VERDICTS = ["passed", "failed", "inconclusive", "ungradable"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a grade did not pass, one word each. */
export const REASONS = [
  "rejected",
  "too-slow",
  "over-budget",
  "timed-out",
  "memory-limit",
  "output-limit",
  "crashed",
  "tampered",
  "static-denied",
  "does-not-compile",
  "missing-export",
  "noisy",
] as const;
export type Reason = (typeof REASONS)[number];

export const PropertyResult = z.strictObject({
  id: z.string(),
  rules: z.array(z.int()),
  /** Text of the rules in the statement. */
  rulesText: z.array(z.string()),
  points: z.number(),
  outcome: z.enum(PROPERTY_OUTCOMES),
  runs: z.int(),
  ms: z.number(),
  seed: z.int().optional(),
  path: z.string().optional(),
  failure: Failure.optional(),
  /** Goes to `kata grade --replay`. */
  replay: z.string().optional(),
});
export type PropertyResult = z.infer<typeof PropertyResult>;

export const BudgetResult = z.strictObject({
  id: z.string(),
  kind: z.enum(["time", "growth", "count", "memory"]),
  what: z.string(),
  /** Number of the rule in the statement. */
  rule: z.int(),
  limit: z.number(),
  outcome: z.enum(["within", "over", "inconclusive", "not-run"]),
  /** Attempt to reference, median over the blocks. */
  ratio: z.number().optional(),
  /** 99 % bootstrap interval of the ratio. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  blocks: z.int().optional(),
  /** Of log time to log size. */
  slope: z.number().optional(),
  referenceSlope: z.number().optional(),
  points: z.array(GrowthPoint).optional(),
  /** Uses of the objects that were injected. */
  count: z.number().optional(),
  referenceCount: z.number().optional(),
  /** Retained by one element. */
  bytes: z.number().optional(),
  referenceBytes: z.number().optional(),
  why: z.string().optional(),
});
export type BudgetResult = z.infer<typeof BudgetResult>;

export const Score = z.strictObject({
  points: z.number(),
  of: z.literal(100),
  /** Points that this grade could have given: less than 100 with `--only` or `--no-budget`. */
  judged: z.number(),
  properties: z.number(),
  budgets: z.number(),
});
export type Score = z.infer<typeof Score>;

/** A message of the type check that points into the attempt. */
export const TypeProblem = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  code: z.string(),
  message: z.string(),
});
export type TypeProblem = z.infer<typeof TypeProblem>;

/** A protection that contained the attempt while it ran. */
export const Protection = z.strictObject({
  id: z.string(),
  active: z.boolean(),
  detail: z.string(),
});
export type Protection = z.infer<typeof Protection>;

/** Everything one grade found: `kata grade --json`, and one line of the history. */
export const GradeReport = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  kata: z.string(),
  /** Of the spec, bench, statement rules and harness version: equal hashes make scores comparable. */
  specHash: z.string(),
  subject: z.strictObject({ kind: z.string(), file: z.string(), hash: z.string() }),
  seed: z.int(),
  /** Seed of the second look at an attempt that broke nothing at the first. */
  freshSeed: z.int().optional(),
  options: z.strictObject({
    only: z.string().optional(),
    runs: z.int().optional(),
    replay: z.string().optional(),
    budget: z.boolean(),
  }),
  environment: z.strictObject({
    kata: z.string(),
    node: z.string(),
    platform: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: z.int(),
  }),
  protections: z.array(Protection),
  /** What the attempt must not use; nothing of it was run then. */
  denials: z.array(Denial),
  typeProblems: z.array(TypeProblem),
  properties: z.array(PropertyResult),
  budgets: z.array(BudgetResult),
  score: Score,
  verdict: z.enum(VERDICTS),
  reason: z.enum(REASONS).optional(),
  /** One sentence on the reason. */
  detail: z.string().optional(),
  /** First part of what the attempt printed. */
  output: z.string(),
  times: z.strictObject({
    startedAt: z.string(),
    typesMs: z.number(),
    propertiesMs: z.number(),
    budgetsMs: z.number(),
    totalMs: z.number(),
  }),
});
export type GradeReport = z.infer<typeof GradeReport>;
