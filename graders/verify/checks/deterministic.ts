import type { PropertyRecord } from "../../model/outcome.ts";
import { say } from "../../model/say.ts";
import type { SubjectRun } from "../../run/run-spec.ts";
import { allSubjects, type EvidenceCheck } from "../evidence.ts";

/** Two runs at one seed agree in every outcome and counterexample. */
export const deterministic: EvidenceCheck = {
  id: "deterministic",
  find({ kata, first, second }) {
    return allSubjects(kata).flatMap(({ name, file }) => {
      const [one, two] = [recordsOf(first.get(name)), recordsOf(second.get(name))];
      // A run that the clock stopped did not come to the properties behind.
      const wasStopped = second.get(name)?.end.kind === "stopped";
      return [...one]
        .filter(([id, record]) => !(wasStopped && !two.has(id)) && !agree(record, two.get(id)))
        .map(([id]) => ({
          check: "deterministic",
          file,
          line: 1,
          message: say`${name} gets two different answers from ${id} at one seed`,
          fix: say`Remove what the spec reads besides its seed: module state, clocks, iteration order.`,
          about: name,
        }));
    });
  },
};

function recordsOf(run: SubjectRun | undefined): ReadonlyMap<string, PropertyRecord> {
  return new Map((run?.records ?? []).map((record) => [record.id, record]));
}

/** In all that does not depend on the speed of the machine. */
function agree(one: PropertyRecord, two: PropertyRecord | undefined): boolean {
  if (two === undefined) return false;
  // How far a slow property came: no further than to where the other broke.
  if (one.outcome === "too-slow") return !isBroken(two) || two.runs > one.runs;
  if (two.outcome === "too-slow") return agree(two, one);
  if (one.outcome !== two.outcome || one.runs !== two.runs) return false;
  // How small a failure became that the clock kept from becoming smaller.
  if (one.cutShort === true || two.cutShort === true) return true;
  return essenceOf(one) === essenceOf(two);
}

function isBroken({ outcome }: PropertyRecord): boolean {
  return outcome === "violated" || outcome === "errored";
}

function essenceOf({ path, failure }: PropertyRecord): string {
  return JSON.stringify([
    path,
    failure === undefined ? undefined : { ...failure, stack: undefined },
  ]);
}
