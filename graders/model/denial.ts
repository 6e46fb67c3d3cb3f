import { z } from "zod";

/** Something an attempt must not use, found before anything of it runs. */
export const Denial = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  /** What is not allowed, as it stands there: `Date.now()`. */
  what: z.string(),
  /** Why, in a few words. */
  why: z.string(),
  /** What to do instead. */
  instead: z.string(),
});
export type Denial = z.infer<typeof Denial>;
