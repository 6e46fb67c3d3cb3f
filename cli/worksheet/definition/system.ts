import { z } from "zod";
import { say } from "../../../graders/reading.ts";
import { MAX_FORMULA_LENGTH } from "../formula/parse-formula.ts";
import { KINDS } from "../quantity/dimension.ts";

/**
 * A system definition, `templates/worksheets/systems/<slug>.json`: data only, so that a definition
 * can never run anything. Every figure is text in the grammar of parse-quantity.ts.
 */

const Id = z.string().regex(/^[a-z][A-Za-z0-9]*$/, say`must be a name in camelCase`);
const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, say`must be kebab-case`);
const Text = z.string().min(1);

/** Where a figure is from: the course notes, the course they were cut from, or ours. */
const Source = z.enum(["seed", "course", "kata"]);
export type Source = z.infer<typeof Source>;

const LEVELS = ["mid", "senior", "staff"] as const;

/** Words by which an answer shows that it knows an idea; `*` is any word ending. */
const Concept = z.strictObject({
  id: Id,
  say: Text,
  any: z.array(Text).min(1),
  weight: z.number().positive().default(1),
});
export type Concept = z.infer<typeof Concept>;

const Requirement = z.strictObject({
  id: Id,
  kind: z.enum(["functional", "nonFunctional", "extended"]),
  text: Text,
  /** A figure to state; always ours. */
  target: Text.optional(),
  concept: Concept,
  /** Why no operation serves it. */
  noApi: Text.optional(),
  source: Source.default("seed"),
});
export type Requirement = z.infer<typeof Requirement>;

const Assumption = z.strictObject({
  label: Text,
  value: Text,
  kind: z.enum(KINDS),
  /** Range of the plausible: an own value of the candidate outside it is not carried on. */
  min: Text,
  max: Text,
  source: Source,
  note: Text.optional(),
});
export type Assumption = z.infer<typeof Assumption>;

const Estimate = z.strictObject({
  label: Text,
  kind: z.enum(KINDS),
  formula: Text.max(MAX_FORMULA_LENGTH),
  /** What the figure decides. */
  why: Text,
  /** Largest ratio to the expected value for full, near and order-of-magnitude credit. */
  tolerance: z
    .strictObject({ full: z.number().min(1), near: z.number().min(1), order: z.number().min(1) })
    .default({ full: 1.25, near: 2, order: 10 }),
  points: z.int().positive().default(1),
  asked: z.boolean().default(true),
  source: Source,
  seedFigure: Text.optional(),
  /** Why ours differs from the seed's figure, or what else to know. */
  note: Text.optional(),
});
export type Estimate = z.infer<typeof Estimate>;

const Column = z.strictObject({
  name: Text,
  type: Text,
  key: z.enum(["pk", "fk", "unique", "index"]).optional(),
  synonyms: z.array(Text).default([]),
  required: z.boolean().default(true),
});
export type Column = z.infer<typeof Column>;

const Entity = z.strictObject({
  id: Id,
  synonyms: z.array(Text),
  columns: z.array(Column).min(1),
  store: Text,
  partitionBy: Text.optional(),
  required: z.boolean().default(true),
  source: Source.default("seed"),
});
export type Entity = z.infer<typeof Entity>;

const Operation = z.strictObject({
  id: Id,
  label: Text,
  requirement: Id,
  verbs: z.array(Text).min(1),
  nouns: z.array(Text).min(1),
  http: Text,
  signature: Text,
  /** What its line must show besides: a cursor, an idempotency key. */
  needs: z.array(Concept).default([]),
  required: z.boolean().default(true),
  source: Source.default("seed"),
});
export type Operation = z.infer<typeof Operation>;

/** Most specific first: a label that fits two is the first of them. */
export const ROLES = [
  "kgs",
  "objectStore",
  "cdn",
  "dns",
  "lb",
  "gateway",
  "cache",
  "queue",
  "search",
  "worker",
  "db",
  "service",
  "client",
  "external",
] as const;
export type Role = (typeof ROLES)[number];

const Component = z.strictObject({
  id: Id,
  label: Text,
  role: z.enum(ROLES),
  duty: Text,
  /** How many of it stand side by side. */
  replicas: z.int().positive().default(1),
  /** How it survives losing one, where a count does not say it: "cluster", "replicated". */
  redundancy: Text.optional(),
});
export type Component = z.infer<typeof Component>;

const Edge = z.strictObject({
  from: Id,
  to: Id,
  label: Text.optional(),
  async: z.boolean().default(false),
  both: z.boolean().default(false),
});
export type Edge = z.infer<typeof Edge>;

/** A path that a diagram must have; from, via and to name components, whose roles are compared. */
const Flow = z.strictObject({
  id: Id,
  label: Text,
  from: Id,
  to: Id,
  via: z.array(Id).default([]),
  critical: z.boolean(),
  async: z.boolean().default(false),
});
export type Flow = z.infer<typeof Flow>;

const Decision = z.strictObject({
  id: Id,
  question: Text,
  options: z
    .array(
      z.strictObject({
        name: Text,
        pro: z.array(Text).min(1),
        con: z.array(Text).min(1),
        pickWhen: Text,
      }),
    )
    .min(2),
  /** Name of the option that the model design takes. */
  choice: Text,
  because: Text,
  concepts: z.array(Concept),
  followUps: z.array(Text),
  /** Worth a deep dive of its own. */
  deep: z.boolean().default(false),
  source: Source.default("seed"),
});
export type Decision = z.infer<typeof Decision>;

const Bottleneck = z.strictObject({
  id: Id,
  say: Text,
  risk: Concept,
  fixes: z.array(Concept).min(1),
  source: Source.default("seed"),
});
export type Bottleneck = z.infer<typeof Bottleneck>;

const SECTIONS = [
  "requirements",
  "estimates",
  "dataModel",
  "api",
  "highLevel",
  "deepDive",
  "bottlenecks",
  "wrapUp",
] as const;

const Section = z.strictObject({
  id: z.enum(SECTIONS),
  minutes: z.number().positive(),
  prompt: Text,
  /** What the interviewer watches. */
  watch: z.array(Text).default([]),
  followUps: z.array(
    z.strictObject({
      ask: Text,
      listenFor: z.array(Text).min(1),
      level: z.enum(LEVELS),
      /** `blank(fanoutRps)`: only when that row or slot is empty. */
      when: z
        .string()
        .regex(/^blank\([a-z][A-Za-z0-9]*\)$/, say`must look like blank(fanoutRps)`)
        .optional(),
    }),
  ),
  redFlags: z.array(Text),
});
export type Section = z.infer<typeof Section>;

const Rubric = z.strictObject({
  id: Id,
  label: Text,
  /** Behaviour at 1, 2, 3 and 4. */
  anchors: z.tuple([Text, Text, Text, Text]),
  expect: z.strictObject({ mid: z.int(), senior: z.int(), staff: z.int() }),
});
export type Rubric = z.infer<typeof Rubric>;

const Twist = z.strictObject({
  /** Share of the session's time at which it comes. */
  at: z.number().min(0).max(1).default(0.6),
  say: Text,
  set: z.record(Id, Text).default({}),
  /** Estimates that must move. */
  changes: z.array(Id),
});
export type Twist = z.infer<typeof Twist>;

export const System = z.strictObject({
  slug: Slug,
  title: Text,
  version: z.int().positive(),
  prompt: Text,
  level: z.enum(["beginner", "intermediate", "advanced"]),
  conventions: z.strictObject({
    prefix: z.enum(["decimal", "binary"]),
    monthDays: z.literal(30),
    yearDays: z.literal(365),
  }),
  requirements: z.array(Requirement).min(1),
  assumptions: z.record(Id, Assumption),
  estimates: z.record(Id, Estimate),
  entities: z.array(Entity).min(1),
  operations: z.array(Operation).min(1),
  components: z.array(Component).min(1),
  edges: z.array(Edge).min(1),
  flows: z.array(Flow).min(1),
  decisions: z.array(Decision).min(1),
  bottlenecks: z.array(Bottleneck).min(1),
  twists: z.array(Twist).min(1),
  sections: z.array(Section).min(1),
  rubric: z.array(Rubric).min(1),
  katas: z.array(z.strictObject({ slug: Slug, trains: Text })),
  pitfalls: z.array(Text),
  sources: z.array(Text).min(1),
});
export type System = z.infer<typeof System>;
