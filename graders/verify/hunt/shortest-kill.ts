import { readFileSync } from "node:fs";
import { valueExports } from "../../catalog/stub-exports.ts";
import { COMMON_SEED } from "../../grade/grade-attempt.ts";
import type { Kata } from "../../model/kata.ts";
import type { SpecPlan } from "../../model/outcome.ts";
import { runSpec, type SubjectRun } from "../../run/run-spec.ts";
import type { HuntableWrong } from "./huntable-wrongs.ts";

const NAME = "wrong";

/**
 * Calls on a wrong answer in the shortest shrunk counterexample of the properties that must catch it.
 * Undefined when there is none to count: tables do not shrink, and a simulation makes its calls itself.
 */
export async function shortestKill(
  { slug, paths }: Kata,
  { file, killers }: HuntableWrong,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const exports = valueExports(readFileSync(paths.stub, "utf8"));
  const run = async (
    unaided: boolean,
    more: Partial<SpecPlan>,
  ): Promise<SubjectRun | undefined> => {
    const subjects = [{ name: NAME, file, unaided }];
    const plan = { slug, subjects, exports, seed: COMMON_SEED, ...more };
    const ran = await runSpec(paths.spec, plan, signal === undefined ? {} : { signal });
    return ran.subjects.get(NAME);
  };
  const count = async (only: string, unaided: boolean): Promise<number | undefined> => {
    const failed = (await run(unaided, { only }))?.records.find(({ id }) => id === only);
    if (failed?.path === undefined || failed.failure?.story !== undefined) return undefined;
    const replay = { seed: failed.seed, path: failed.path };
    const again = await run(unaided, { only, replay, shrinks: false, countsCalls: true });
    const isSame = again?.records.some(({ id, outcome }) => id === only && outcome !== "held");
    return isSame === true && again?.calls !== 0 ? again?.calls : undefined;
  };
  const counts: number[] = [];
  for (const killer of killers) {
    // What random inputs find is made small; a pinned example stays as it is.
    const calls = (await count(killer, true)) ?? (await count(killer, false));
    if (calls !== undefined) counts.push(calls);
  }
  return counts.length === 0 ? undefined : Math.min(...counts);
}
