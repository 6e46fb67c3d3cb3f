import { z } from "zod";

/** One line of a story; an arrow when it has a sender. */
const StoryRow = z.strictObject({
  /** In ms: of the arrival, for a message. */
  at: z.number(),
  /** The node or client that it happens to. */
  lane: z.string(),
  kind: z.enum(["message", "lost", "timer", "boot", "crash", "write", "output", "client", "note"]),
  text: z.string(),
  from: z.string().optional(),
  sentAt: z.number().optional(),
});

/** A run of a simulated cluster for a reader: what led to its end. */
export const Story = z.strictObject({
  setting: z.string(),
  /** In words. */
  faults: z.array(z.string()),
  lanes: z.array(z.string()),
  rows: z.array(StoryRow),
  /** Events that are left out. */
  hidden: z.int(),
});
export type Story = z.infer<typeof Story>;
