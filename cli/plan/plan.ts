import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LEVEL_ORDER, PACKAGE_ROOT } from "../../graders/reading.ts";

const line = z.string().min(1).max(160);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** What one day is about, and what there is to do. */
const PlanDay = z.strictObject({
  /** Week and day, `1.6`; of a track its letter and step, `b.2`. */
  id: z.string().regex(/^[1-5bia]\.[1-7]$/),
  title: line,
  topics: z.array(line).min(1),
  /** Something to try with pen, paper or a service that you know. */
  practice: line,
  /** Katas of this day, those that are still to be written too. */
  katas: z.array(slug),
  /** The system of a design worksheet. */
  worksheet: slug.optional(),
});
export type PlanDay = z.infer<typeof PlanDay>;

const Plan = z.strictObject({
  /** What each week is about. */
  weeks: z.array(line).length(5),
  days: z.array(PlanDay).length(35),
  /** Shorter ways for one level each. */
  tracks: z.array(
    z.strictObject({ name: z.enum(LEVEL_ORDER), title: line, days: z.array(PlanDay).min(1) }),
  ),
});
export type Plan = z.infer<typeof Plan>;

/** The plan of 35 days and its tracks, `templates/plan/plan.json`. */
export function loadPlan(): Plan {
  return Plan.parse(
    JSON.parse(readFileSync(join(PACKAGE_ROOT, "templates/plan/plan.json"), "utf8")),
  );
}
