import { z } from "zod";

/** What the worker of a hunt is told, as the first line of its private channel. */
export interface HuntPlan {
  /** Native modules (`.mjs`): bundled from TypeScript by the grader. */
  readonly subject: string;
  readonly hunt: string;
}

/** One line of the private channel between the worker of a hunt and the grader. */
export const HuntRecord = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("hunting") }),
  z.strictObject({
    t: z.literal("hunted"),
    /** What the hunt threw, as text; absent when it returned. */
    threw: z.string().optional(),
    /** Calls on the subject, `new` among them. */
    calls: z.int().min(0),
  }),
  z.strictObject({ t: z.literal("hunt-broken"), message: z.string() }),
]);
export type HuntRecord = z.infer<typeof HuntRecord>;
