import fc from "fast-check";
import type { Failure, PlannedSubject, PropertyRecord, SpecPlan } from "../model/outcome.ts";
import { hash32 } from "../kit/hash32.ts";
import { HandlerError } from "../kit/sim/handler-error.ts";
import { withGuard } from "./ambient-guard.ts";
import type { Guard, Judge, Runner, TableRow } from "./check.ts";
import { inputSize } from "./input-size.ts";
import { emit } from "./sink.ts";
import { StepThrew, Violation, literal } from "./violation.ts";

type Judged = Pick<
  PropertyRecord,
  "outcome" | "runs" | "shrinks" | "path" | "cutShort" | "failure"
>;

const SHRINK_MS = 2_000;
const EXPLAIN_MS = 1_500;

const { check } = fc;
const now = performance.now.bind(performance);
/** fast-check reads a seed as a signed 32-bit integer. */
const signed = (seed: number): number => seed | 0;

/** Judges one property of one subject. Never throws: a throwing subject is an outcome. */
export async function runProperty(
  subject: Pick<PlannedSubject, "name" | "briefly" | "unaided">,
  { declared, judge }: Runner,
  plan: SpecPlan,
): Promise<PropertyRecord> {
  const seed = plan.replay?.seed ?? signed(hash32(`${plan.slug}/${declared.id}`, plan.seed));
  const startedMs = now();
  const judged =
    judge.kind === "random"
      ? await judgeRandom(
          judge,
          seed,
          plan.runs ?? declared.runs,
          declared.limitMs,
          plan,
          subject,
          () => emit({ t: "shrinking", subject: subject.name, id: declared.id }),
        )
      : await judgeTable(judge.rows, declared.limitMs);
  return {
    t: "outcome",
    subject: subject.name,
    id: declared.id,
    seed,
    ms: now() - startedMs,
    ...judged,
  };
}

async function judgeRandom(
  judge: Extract<Judge, { kind: "random" }>,
  seed: number,
  numRuns: number,
  limitMs: number,
  { replay, shrinks = replay === undefined }: SpecPlan,
  { briefly = false, unaided = false }: Pick<PlannedSubject, "briefly" | "unaided">,
  onShrinking: () => void,
): Promise<Judged> {
  const examples = unaided ? [] : judge.examples;
  const slowest = { ms: -1, input: undefined as unknown };
  const timed: Guard = (body, input) => {
    const startedMs = now();
    const done = (): void => {
      const ms = now() - startedMs;
      if (ms > slowest.ms) Object.assign(slowest, { ms, input });
    };
    const result = withGuard(body);
    if (result instanceof Promise) return result.finally(done) as typeof result;
    done();
    return result;
  };
  const base = {
    seed,
    numRuns: numRuns + examples.length,
    examples: examples.map((example): [unknown] => [example]),
    markInterruptAsFailure: true,
  };
  const search = await check(judge.property(timed), {
    ...base,
    interruptAfterTimeLimit: limitMs,
    endOnFailure: true,
    ...(replay === undefined ? {} : { path: replay.path }),
  });
  if (!search.failed) return { outcome: "held", runs: search.numRuns, shrinks: 0 };
  const { counterexample, counterexamplePath: path } = search;
  if (counterexample === null || path === null) {
    const place = `in run ${search.numRuns + 1} of ${numRuns}`;
    const size = inputSize(slowest.input);
    const ms = Math.round(slowest.ms);
    const took = `the input shown took longest: ${ms} ms${size === undefined ? "" : `, ${size}`}`;
    const what = `still running after ${limitMs} ms, ${place}; ${took}`;
    const failure = { what, input: literal(slowest.input) };
    return { outcome: "too-slow", runs: search.numRuns, shrinks: 0, failure };
  }
  onShrinking();
  // Shrinking has a time of its own, so a failure that is found late is still told briefly.
  const shrunk =
    shrinks && !briefly
      ? await check(judge.property(withGuard), {
          ...base,
          path,
          interruptAfterTimeLimit: SHRINK_MS,
        })
      : search;
  const told = shrunk.counterexample === null ? search : shrunk;
  const [input] = told.counterexample ?? counterexample;
  let cutShort = shrunk.interrupted;
  const explainUntil = now() + EXPLAIN_MS;
  const isOver = (): boolean => {
    const isLate = now() > explainUntil;
    cutShort ||= isLate;
    return isLate;
  };
  const explained = judge.explain && withGuard(() => judge.explain?.(input, isOver));
  const { error = told.errorInstance, input: small = input } = explained ?? {};
  const { outcome, failure } = describe(error, literal(small));
  return {
    outcome,
    failure: explained === undefined ? failure : { ...failure, story: explained.story },
    runs: search.numRuns,
    shrinks: shrunk.numShrinks,
    path: told.counterexamplePath ?? path,
    ...(cutShort ? { cutShort } : {}),
  };
}

async function judgeTable(rows: readonly TableRow[], limitMs: number): Promise<Judged> {
  const startedMs = now();
  let runs = 0;
  for (const row of rows) {
    try {
      await withGuard(row.run);
    } catch (error) {
      return { ...describe(error, row.input), runs: runs + 1, shrinks: 0 };
    }
    runs += 1;
    if (now() - startedMs > limitMs && runs < rows.length) {
      const what = `still running after ${limitMs} ms, in case ${runs + 1} of ${rows.length}`;
      return { outcome: "too-slow", runs, shrinks: 0, failure: { what } };
    }
  }
  return { outcome: "held", runs, shrinks: 0 };
}

function describe(error: unknown, input: string): Pick<Judged, "outcome"> & { failure: Failure } {
  if (error instanceof Violation) {
    return { outcome: "violated", failure: { ...error.failure, input } };
  }
  if (error instanceof StepThrew) {
    return { outcome: "errored", failure: { ...error.failure, ...thrown(error.cause), input } };
  }
  if (error instanceof HandlerError) {
    return { outcome: "errored", failure: { what: error.call, ...thrown(error.cause), input } };
  }
  const what = "an exception where the rules give an answer";
  return { outcome: "errored", failure: { what, ...thrown(error), input } };
}

function thrown(error: unknown): Pick<Failure, "actual" | "stack"> {
  if (!(error instanceof Error)) return { actual: `threw ${literal(error)}` };
  const actual = `threw ${error.name}: ${error.message}`;
  return error.stack === undefined ? { actual } : { actual, stack: error.stack };
}
