import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../../model/say.ts";
import { judgeMemoryBudgets } from "../../grade/judge-budgets.ts";
import type { Kata } from "../../model/kata.ts";
import type { TriedMutant, TriedMutants } from "../../model/mutation.ts";
import { isAlive } from "./judge-mutants.ts";
import { fixMutant, makeMutants } from "./make-mutants.ts";

/** Memory is weighed, not timed: two processes do not disturb each other. */
const LANES = 2;

interface WeighOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string) => void;
}

/**
 * Holds survivors against the budgets on memory: what never forgets gives the same answers. Time is
 * left out, as a mutant that is only slower may be so on one machine and not on another. A mutant
 * that is reviewed already is left out too.
 * @returns `tried` itself when there was nothing to weigh.
 */
export async function weighSurvivors(
  kata: Kata,
  tried: TriedMutants,
  { signal, onStep }: WeighOptions,
): Promise<TriedMutants> {
  const reviewed = new Set(kata.manifest.equivalentMutants?.map(({ id }) => id));
  const open = tried.mutants.filter(
    (mutant) => isAlive(mutant) && !mutant.isWeighed && !reviewed.has(mutant.id),
  );
  if (open.length === 0) return tried;
  const source = await makeMutants(kata);
  const dir = mkdtempSync(join(tmpdir(), "kata-mutant-"));
  const weighed = new Map<string, TriedMutant>();
  const waiting = [...open];
  const weighNext = async (): Promise<void> => {
    const mutant = waiting.shift();
    if (mutant === undefined || signal?.aborted === true) return;
    onStep?.(say`memory of survivor ${open.length - waiting.length} of ${open.length}`);
    const file = join(dir, `${mutant.id}.ts`);
    writeFileSync(file, fixMutant(source, mutant.number));
    const budgets = await judgeMemoryBudgets(kata, file, signal === undefined ? {} : { signal });
    const over = budgets.find(({ outcome }) => outcome === "over");
    const fate = over === undefined ? {} : ({ fate: "killed", by: `budget:${over.id}` } as const);
    weighed.set(mutant.id, { ...mutant, isWeighed: true, ...fate });
    await weighNext();
  };
  try {
    await Promise.all(Array.from({ length: LANES }, weighNext));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return { ...tried, mutants: tried.mutants.map((mutant) => weighed.get(mutant.id) ?? mutant) };
}
