import { z } from "zod";

/** No member's file is larger, sources included. */
export const MOST_BYTES = 4 * 1024 * 1024;
const MOST_GRADES = 2_000;
const LONGEST_SOURCE = 200_000;

const slug = z
  .string()
  .max(90)
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?$/);
const id = z.string().max(80);
const hash = z.string().regex(/^[0-9a-f]{8,64}$/);
const points = z.number().min(0).max(100);

/** The best whole grade of one kata under one spec. */
export const SharedGrade = z.strictObject({
  kata: slug,
  /** Grades are compared only when these are equal. */
  specHash: hash,
  attemptHash: hash,
  verdict: z.enum(["passed", "failed", "inconclusive", "ungradable"]),
  points,
  properties: z
    .array(z.strictObject({ id, points: z.number().min(0).max(1_000), held: z.boolean() }))
    .max(100),
  budgets: z
    .array(
      z.strictObject({
        id,
        kind: z.enum(["time", "growth", "count", "memory"]),
        outcome: z.enum(["within", "over", "inconclusive", "not-run"]),
        /** Attempt to reference. */
        ratio: z.number().positive().max(1e6).optional(),
      }),
    )
    .max(50),
  hints: z.int().min(0).max(20),
  /** From `kata start` to the first pass; left out when either is not known. */
  minutes: z.number().min(0).max(1e6).optional(),
  /** Minutes of the interview clock, when it ran. */
  timedMinutes: z.number().min(1).max(1e4).optional(),
  /** Whether the solution was opened before the pass. */
  gaveUp: z.boolean(),
  gradedAt: z.string().max(40),
  seed: z.int(),
  versions: z.strictObject({ kata: z.string().max(40), node: z.string().max(40) }),
  /** Only when the member asked for it. */
  source: z.string().max(LONGEST_SOURCE).optional(),
});
export type SharedGrade = z.infer<typeof SharedGrade>;

/** What one member of a group shares: `kata share`. */
export const ShareFile = z.strictObject({
  schemaVersion: z.literal(1),
  /** A name of the member's own choice. */
  as: z.string().min(1).max(40),
  sharedAt: z.string().max(40),
  grades: z.array(SharedGrade).max(MOST_GRADES),
});
export type ShareFile = z.infer<typeof ShareFile>;
