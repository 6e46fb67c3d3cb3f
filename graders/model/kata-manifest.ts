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

/** A mutant of the reference that no user of the public interface can tell from it. */
export const EquivalentMutant = z.strictObject({
  /** As `kata verify --mutants` prints it. */
  id: z.string(),
  /** For the reader: what stands there, and what in its place. */
  change: z.string(),
  /** Why the two cannot be told apart. */
  reason: z.string().min(20, "must say in a sentence why nobody can tell"),
});
export type EquivalentMutant = z.infer<typeof EquivalentMutant>;

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
  /** Findings of `kata verify` that are right here, each with its reason; shown in every report. */
  waivers: z
    .array(
      z.strictObject({
        check: z.string(),
        /** The property, budget or subject it is about; every one when left out. */
        about: z.string().optional(),
        reason: z.string().min(20, "say why, in a sentence"),
      }),
    )
    .default([]),
  /** Changes of the reference that nobody can notice, reviewed: `kata verify --equivalent`. */
  equivalentMutants: z.array(EquivalentMutant).optional(),
});
export type KataManifest = z.infer<typeof KataManifest>;
