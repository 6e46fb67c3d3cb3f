import fc from "fast-check";
import type { Failure, PropertyRecord, SpecPlan } from "../model/outcome.ts";
import { hash32 } from "../kit/hash32.ts";
import { withGuard } from "./ambient-guard.ts";
import type { Judge, Runner, TableRow } from "./check.ts";
import { StepThrew, Violation, literal } from "./violation.ts";

type Judged = Pick<PropertyRecord, "outcome" | "runs" | "shrinks" | "path" | "failure">;

const { check } = fc;
const now = performance.now.bind(performance);
/** fast-check reads a seed as a signed 32-bit integer. */
const signed = (seed: number): number => seed | 0;

/** Judges one property of one subject. Never throws: a throwing subject is an outcome. */
export async function runProperty(
  subject: string,
  { declared, judge }: Runner,
  plan: SpecPlan,
): Promise<PropertyRecord> {
  const seed = plan.replay?.seed ?? signed(hash32(`${plan.slug}/${declared.id}`, plan.seed));
  const startedMs = now();
  const judged =
    judge.kind === "random"
      ? await judgeRandom(judge, seed, plan.runs ?? declared.runs, declared.limitMs, plan)
      : await judgeTable(judge.rows, declared.limitMs);
  return { t: "outcome", subject, id: declared.id, seed, ms: now() - startedMs, ...judged };
}

async function judgeRandom(
  judge: Extract<Judge, { kind: "random" }>,
  seed: number,
  numRuns: number,
  limitMs: number,
  { replay }: SpecPlan,
): Promise<Judged> {
  const details = await check(judge.property(withGuard), {
    seed,
    numRuns: numRuns + judge.examples.length,
    examples: judge.examples.map((example): [unknown] => [example]),
    interruptAfterTimeLimit: limitMs,
    markInterruptAsFailure: true,
    ...(replay === undefined ? {} : { path: replay.path, endOnFailure: true }),
  });
  const counts = { runs: details.numRuns, shrinks: details.numShrinks };
  if (!details.failed) return { outcome: "held", ...counts };
  if (details.counterexample === null) {
    const what = `still running after ${limitMs} ms, in run ${details.numRuns + 1} of ${numRuns}`;
    return { outcome: "too-slow", ...counts, failure: { what } };
  }
  const [input] = details.counterexample;
  const path = details.counterexamplePath ?? "";
  return { ...describe(details.errorInstance, literal(input)), ...counts, path };
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
  const what = "an exception where the rules give an answer";
  return { outcome: "errored", failure: { what, ...thrown(error), input } };
}

function thrown(error: unknown): Pick<Failure, "actual" | "stack"> {
  if (!(error instanceof Error)) return { actual: `threw ${literal(error)}` };
  const actual = `threw ${error.name}: ${error.message}`;
  return error.stack === undefined ? { actual } : { actual, stack: error.stack };
}
