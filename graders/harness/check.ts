import fc from "fast-check";
import type { DeclaredProperty, Failure } from "../model/outcome.ts";
import type { Scenario } from "../kit/sim/scenario.ts";
import { explainFailure, type Explained } from "./sim/explain-failure.ts";
import { tellExample, type ToldExample } from "./sim/tell-example.ts";
import { judgeScenario, type SimulationSpec } from "./sim/judge-run.ts";
import { StepThrew, Violation, equal, literal, throws } from "./violation.ts";

const DEFAULT_RUNS = 100;
const DEFAULT_LIMIT_MS = 4_000;
const SIMULATION_LIMIT_MS = 8_000;
/** Runs of a simulation that are repeated, to see that they depend on nothing but their input. */
const REPEATED_RUNS = 5;

export interface PropertyMeta {
  /** Number of the rule in the statement, or several. */
  readonly rule: number | readonly number[];
  /** Points; those of one spec sum to 100. */
  readonly points: number;
  /** Random runs, default 100. */
  readonly runs?: number;
  /** Time after which the property counts as too slow, in ms; default 4,000. */
  readonly limitMs?: number;
  /** The id whose place this property takes, when the meaning of a stable one has to change. */
  readonly replaces?: string;
}

export interface RandomMeta<T> extends PropertyMeta {
  /** Inputs tried before the random ones: the vectors of the kata, known hard cases. */
  readonly examples?: readonly T[];
}

/** One call that must throw. */
export interface ThrowCase {
  /** The call as the candidate would write it: `new LruCache({ capacity: 0 })`. */
  readonly call: string;
  /** Accepted error names: compared by name, as the subject may bring its own class. */
  readonly error: string | readonly string[];
  readonly run: () => unknown;
  /** State that the failing call must leave as it was. */
  readonly unchanged?: () => unknown;
}

/** A script of one system: how it is set up and the steps it is put through. */
export interface Script<Setup, Step> {
  readonly setup: Setup;
  readonly steps: readonly Step[];
}

/** Plays one step and returns all that can be observed of it. */
export type Player<Step> = (step: Step) => unknown;

/** What is said of the answer to one step. */
interface StepJudge<Answer> {
  readonly expected: () => string;
  /** Throws a Violation when the answer is refused. */
  readonly judge: (answer: Answer) => void;
}

/** How one property is judged, once there is a subject. */
export interface Runner {
  readonly declared: DeclaredProperty;
  readonly judge: Judge;
}
export type Judge =
  | {
      readonly kind: "random";
      readonly property: (guard: Guard) => RandomProperty;
      readonly examples: readonly unknown[];
      /** Makes a failing input smaller by means of its own, and tells what happens. */
      readonly explain?: (input: unknown, isOver: () => boolean) => Explained | undefined;
    }
  | { readonly kind: "table"; readonly rows: readonly TableRow[] };
/** Runs one input of a property. */
export type Guard = <T>(body: () => T, input: unknown) => T;
export type RandomProperty = fc.IRawProperty<[unknown]>;
export interface TableRow {
  readonly input: string;
  readonly run: () => unknown;
}

/** Declares the properties of a spec. Ids are string literals, so that a search finds them. */
export class Check {
  readonly runners: Runner[] = [];
  tellExample: (() => ToldExample) | undefined;

  /**
   * Holds for every generated value. The predicate compares with `equal`, `close`, `within` or
   * `holds`; whatever else it throws counts against the subject. Write it `async` to await.
   */
  property<T>(
    id: string,
    meta: RandomMeta<T>,
    arbitrary: fc.Arbitrary<T>,
    predicate: (value: T) => void | Promise<void>,
  ): void {
    const isAsync = predicate.constructor.name === "AsyncFunction";
    this.#add(id, meta, meta.runs ?? DEFAULT_RUNS, {
      kind: "random",
      examples: meta.examples ?? [],
      property: (guard) =>
        (isAsync
          ? fc.asyncProperty(
              arbitrary,
              (value) => guard(() => predicate(value), value) as Promise<void>,
            )
          : fc.property(arbitrary, (value) => {
              const returned: unknown = guard(() => predicate(value), value);
              // Nobody would await it, so whatever it finds would be lost.
              if (!(returned instanceof Promise)) return;
              returned.catch(() => undefined);
              throw new Error(`write ${id} as an async function`);
            })) as unknown as RandomProperty,
    });
  }

  /**
   * Plays each script on the subject and on a naive model; what they observe must be equal after
   * every step. The failure is told as the steps up to the first difference.
   */
  model<Setup, Step>(
    id: string,
    meta: RandomMeta<Script<Setup, Step>>,
    scripts: fc.Arbitrary<Script<Setup, Step>>,
    systems: {
      readonly subject: (setup: Setup) => Player<Step>;
      readonly model: (setup: Setup) => Player<Step>;
    },
  ): void {
    this.#script(id, meta, scripts, systems.subject, (setup) => {
      const model = systems.model(setup);
      return (step) => {
        const expected = model(step);
        return {
          expected: () => literal(expected),
          judge: (actual) => equal(actual, expected, ""),
        };
      };
    });
  }

  /**
   * Plays each script on the subject; a referee, who knows all answers so far, judges each answer
   * with `equal`, `within` or `holds`. For rules that leave a choice free: what was chosen decides
   * what comes next. The failure is told as the steps up to the answer that was refused.
   */
  referee<Setup, Step, Answer>(
    id: string,
    meta: RandomMeta<Script<Setup, Step>>,
    scripts: fc.Arbitrary<Script<Setup, Step>>,
    systems: {
      readonly subject: (setup: Setup) => (step: Step) => Answer;
      readonly referee: (setup: Setup) => (step: Step, answer: Answer) => void;
    },
  ): void {
    this.#script(id, meta, scripts, systems.subject, (setup) => {
      const referee = systems.referee(setup);
      return (step) => ({
        expected: () => "an answer",
        judge: (answer) => referee(step, answer),
      });
    });
  }

  #script<Setup, Step, Answer>(
    id: string,
    meta: RandomMeta<Script<Setup, Step>>,
    scripts: fc.Arbitrary<Script<Setup, Step>>,
    open: (setup: Setup) => (step: Step) => Answer,
    prepare: (setup: Setup) => (step: Step) => StepJudge<Answer>,
  ): void {
    this.property(id, meta, scripts, ({ setup, steps }) => {
      const subject = open(setup);
      const expect = prepare(setup);
      const played: [Step, Answer][] = [];
      for (const step of steps) {
        const { expected, judge } = expect(step);
        const story = (): Pick<Failure, "what"> & { steps: string[] } => ({
          what: `step ${played.length + 1}: ${literal(step)}`,
          steps: [
            ...played.map(([past, seen]) => `${literal(past)} -> ${literal(seen)}`),
            literal(step),
          ],
        });
        let answer: Answer;
        try {
          answer = subject(step);
        } catch (error) {
          if (error instanceof Violation) throw error;
          throw new StepThrew({ ...story(), expected: expected() }, error);
        }
        try {
          judge(answer);
        } catch (error) {
          if (!(error instanceof Violation)) throw error;
          const { what, steps } = story();
          const about = error.failure.what === "" ? what : `${what}: ${error.failure.what}`;
          throw new Violation({ ...error.failure, what: about, steps });
        }
        played.push([step, answer]);
      }
    });
  }

  /**
   * Runs a cluster of the subject's nodes through every scenario. Its invariants hold after every
   * event, `check` at the end of every run, `live` at the end of those that settle. The first runs
   * are repeated, also in turns with a twin: each must be the same every time.
   */
  simulation<Req, Setup, Options>(
    id: string,
    meta: RandomMeta<Scenario<Req, Setup>>,
    scenarios: fc.Arbitrary<Scenario<Req, Setup>>,
    spec: SimulationSpec<Req, Setup, Options>,
  ): void {
    this.#add(id, { limitMs: SIMULATION_LIMIT_MS, ...meta }, meta.runs ?? DEFAULT_RUNS, {
      kind: "random",
      examples: meta.examples ?? [],
      property: (guard) => {
        let left = REPEATED_RUNS;
        return fc.property(scenarios, (scenario) => {
          left -= 1;
          guard(() => judgeScenario(scenario, spec, { repeats: left >= 0 }), scenario);
        }) as unknown as RandomProperty;
      },
      explain: (input, isOver) => {
        return explainFailure(input as Scenario<Req, Setup>, spec, isOver);
      },
    });
  }

  /**
   * The run that `kata trace` shows: a calm one, short, that tells how the nodes work together. It
   * is judged by nothing.
   */
  example<Req, Setup, Options>(
    scenario: Scenario<Req, Setup>,
    spec: SimulationSpec<Req, Setup, Options>,
  ): void {
    this.tellExample = () => tellExample(scenario, spec);
  }

  /** Holds for every vector of a table: values from a paper, an RFC or a hand computation. */
  vector<T>(
    id: string,
    meta: PropertyMeta,
    vectors: readonly T[],
    judge: (vector: T) => void | Promise<void>,
  ): void {
    this.#add(id, meta, vectors.length, {
      kind: "table",
      rows: vectors.map((vector) => ({ input: literal(vector), run: () => judge(vector) })),
    });
  }

  /** Every call throws the named error and leaves the given state as it was. */
  throws(id: string, meta: PropertyMeta, cases: readonly ThrowCase[]): void {
    this.#add(id, meta, cases.length, {
      kind: "table",
      rows: cases.map((row) => ({ input: row.call, run: () => judgeThrow(row) })),
    });
  }

  #add(id: string, meta: PropertyMeta, runs: number, judge: Judge): void {
    if (this.runners.some((runner) => runner.declared.id === id)) {
      throw new Error(`the property id "${id}" is used twice`);
    }
    const rules = typeof meta.rule === "number" ? [meta.rule] : [...meta.rule];
    const limitMs = meta.limitMs ?? DEFAULT_LIMIT_MS;
    const { points, replaces } = meta;
    const random = judge.kind === "random";
    const declared = { id, rules, points, runs, limitMs, random };
    this.runners.push({
      declared: replaces === undefined ? declared : { ...declared, replaces },
      judge,
    });
  }
}

function judgeThrow({ call, error, run, unchanged }: ThrowCase): void {
  const before = unchanged?.();
  throws(run, error, call);
  if (unchanged !== undefined) equal(unchanged(), before, `the state after ${call} threw`);
}
