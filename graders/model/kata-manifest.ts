import { z } from "zod";
import { LONGEST_SLUG, SLUG_PATTERN } from "./slug.ts";

const LEVELS = ["beginner", "intermediate", "advanced"] as const;
const KINDS = [
  "data-structure",
  "policy",
  "state-machine",
  "codec",
  "calculator",
  "checker",
  "async",
  "simulation",
] as const;

/** `kata.json`: what a kata says of itself. Points, rules and hints live where they are used. */
export const KataManifest = z.strictObject({
  $schema: z.string().optional(),
  formatVersion: z.literal(1),
  slug: z.string().max(LONGEST_SLUG).regex(SLUG_PATTERN, "must be kebab-case"),
  title: z
    .string()
    .min(1)
    .max(80)
    .regex(/^\P{Cc}*$/u, "must be one line of text"),
  level: z.enum(LEVELS),
  difficulty: z.int().min(1).max(5),
  minutes: z.int().min(5).max(240),
  /** Place in the 35-day plan, `week.day`. */
  plan: z.string().regex(/^[1-5]\.[1-7]$/, 'must look like "1.6" (week.day)'),
  kind: z.enum(KINDS),
  prerequisites: z.array(z.string().regex(SLUG_PATTERN)),
  /** Sources of the topic, for the coach. */
  seeds: z.array(z.string()),
  status: z.enum(["draft", "stable"]),
});
export type KataManifest = z.infer<typeof KataManifest>;
