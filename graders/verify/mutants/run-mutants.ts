import { readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { valueExports } from "../../catalog/stub-exports.ts";
import { COMMON_SEED } from "../../grade/grade-attempt.ts";
import { KataError } from "../../model/kata-error.ts";
import type { Kata } from "../../model/kata.ts";
import { type Baseline, MutationRecord } from "../../model/mutation.ts";
import { SpecRecord, type SpecPlan } from "../../model/outcome.ts";
import { containSpec } from "../../run/contain-spec.ts";
import type { InstrumentedSource } from "./make-mutants.ts";
import { MutantLog } from "./mutant-log.ts";

export interface RunMutantsOptions {
  readonly signal?: AbortSignal;
  /** How many mutants have been tried. */
  readonly onTried?: (count: number) => void;
}

/**
 * Tries all mutants in one worker. One that hangs it is stopped there, and those behind it go on in
 * a fresh worker.
 * @throws KataError `content-broken` when the spec or the instrumented reference cannot be loaded.
 */
export async function runMutants(
  kata: Kata,
  { mutants, text }: InstrumentedSource,
  { signal, onTried }: RunMutantsOptions = {},
): Promise<MutantLog> {
  const log = new MutantLog();
  const numbers = mutants.map(({ number }) => number);
  for (;;) {
    const left = numbers.filter((number) => !log.fates.has(number));
    const end = await containSpec(kata.paths.spec, planFor(kata, left, log.baseline), {
      ...(signal === undefined ? {} : { signal }),
      replaced: new Map([[kata.reference.file, text]]),
      isFinished: () => log.isDone,
      onRecord: (json, worker) => {
        log.add(MutationRecord.or(SpecRecord).parse(json));
        worker.deadline(log.patienceMs);
        onTried?.(log.fates.size);
      },
    });
    if (log.isDone || signal?.aborted === true) return log;
    if (log.broken !== undefined) {
      throw new KataError("content-broken", { slug: kata.slug, why: log.broken });
    }
    // What killed the worker is known, or nobody can be blamed.
    if (log.trying === undefined) {
      const why = say`the mutants' worker ended (${end.reason}, code ${end.code}): ${end.output.trim()}`;
      throw new KataError("grader-broken", { slug: kata.slug, why });
    }
    if (log.trying.mutant === undefined) {
      const why = say`the reference does not get through ${log.trying.by} (${end.reason})`;
      throw new KataError("content-broken", { slug: kata.slug, why });
    }
    log.blame(log.trying.mutant, log.trying.by);
  }
}

function planFor(kata: Kata, mutants: readonly string[], baseline: Baseline | undefined): SpecPlan {
  return {
    slug: kata.slug,
    subjects: [kata.reference],
    exports: valueExports(readFileSync(kata.paths.stub, "utf8")),
    seed: COMMON_SEED,
    mutation: baseline === undefined ? { mutants } : { mutants, baseline },
  };
}
