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
  const plan = {
    slug,
    subjects: [{ name: NAME, file }],
    exports: valueExports(readFileSync(paths.stub, "utf8")),
    seed: COMMON_SEED,
  };
  const run = async (more: Partial<SpecPlan>): Promise<SubjectRun | undefined> => {
    const options = signal === undefined ? {} : { signal };
    return (await runSpec(paths.spec, { ...plan, ...more }, options)).subjects.get(NAME);
  };
  const counts: number[] = [];
  for (const only of killers) {
    const failed = (await run({ only }))?.records.find(({ id }) => id === only);
    if (failed?.path === undefined || failed.failure?.story !== undefined) continue;
    const replay = { seed: failed.seed, path: failed.path };
    const again = await run({ only, replay, shrinks: false, countsCalls: true });
    const isSame = again?.records.some(({ id, outcome }) => id === only && outcome !== "held");
    if (isSame === true && again?.calls !== undefined && again.calls > 0) counts.push(again.calls);
  }
  return counts.length === 0 ? undefined : Math.min(...counts);
}
