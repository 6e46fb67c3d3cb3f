import { existsSync } from "node:fs";
import { say } from "../../model/say.ts";
import { KataError } from "../../model/kata-error.ts";
import type { Kata } from "../../model/kata.ts";
import type { TriedMutant, TriedMutants } from "../../model/mutation.ts";
import { judgeMutants, type MutantJudgement } from "./judge-mutants.ts";
import { makeMutants } from "./make-mutants.ts";
import { keepMutants, mutantsKey, readMutants } from "./mutant-cache.ts";
import { runMutants } from "./run-mutants.ts";
import { weighSurvivors } from "./weigh-survivors.ts";

export interface VerifyMutantsOptions {
  readonly root: string;
  /** Tries again what was tried before. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
  /** What is being done, in a few words. */
  readonly onStep?: (step: string) => void;
}

export interface MutantVerification extends MutantJudgement {
  readonly kata: string;
  readonly seconds: number;
  /** Whether all is as it was and nothing had to be run. */
  readonly cached: boolean;
}

/**
 * Proves a spec: which small changes of the reference does it let pass?
 * @throws KataError `needs-package`, or `content-broken` when there is nothing to change or to judge by.
 */
export async function verifyMutants(
  kata: Kata,
  options: VerifyMutantsOptions,
): Promise<MutantVerification> {
  const started = performance.now();
  const { spec, stub, reference } = kata.paths;
  const gap = [spec, stub, reference].find((file) => !existsSync(file));
  if (gap !== undefined) {
    throw new KataError("content-broken", { slug: kata.slug, why: say`${gap} is missing` });
  }
  const key = mutantsKey(kata);
  const known = options.fresh === true ? undefined : readMutants(options.root, kata.slug, key);
  const tried = known ?? (await tryAll(kata, key, options));
  const weighed = await weighSurvivors(kata, tried, options);
  if (weighed !== known && options.signal?.aborted !== true) {
    keepMutants(options.root, kata.slug, weighed);
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  return { kata: kata.slug, ...judgeMutants(kata, weighed), seconds, cached: weighed === known };
}

async function tryAll(
  kata: Kata,
  key: string,
  { signal, onStep }: VerifyMutantsOptions,
): Promise<TriedMutants> {
  onStep?.(say`making mutants`);
  const source = await makeMutants(kata);
  const all = source.mutants.length;
  const log = await runMutants(kata, source, {
    ...(signal === undefined ? {} : { signal }),
    onTried: (count) => onStep?.(count === 0 ? say`the reference` : say`mutant ${count} of ${all}`),
  });
  const { loading = [], properties = [] } = log.baseline ?? {};
  const broken = properties.filter(({ held }) => !held).map(({ property }) => property);
  const quickest = properties.toSorted((one, two) => one.ms - two.ms);
  const mutants = source.mutants.flatMap((mutant): TriedMutant[] => {
    const fate = log.fates.get(mutant.number);
    if (fate === undefined) return [];
    const covering = quickest.filter(
      ({ hits }) => mutant.number in hits || loading.includes(mutant.number),
    );
    const coveredBy = covering.map(({ property }) => property);
    const by = fate.by === undefined ? {} : { by: fate.by };
    return [{ ...mutant, fate: fate.fate, ...by, coveredBy, isWeighed: false }];
  });
  return { key, broken, mutants };
}
