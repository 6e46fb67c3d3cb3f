import { say } from "../../model/say.ts";
import type { SubjectRun } from "../../run/run-spec.ts";
import { allSubjects, type EvidenceCheck } from "../evidence.ts";

/** Two runs at one seed agree in every outcome and counterexample. */
export const deterministic: EvidenceCheck = {
  id: "deterministic",
  find({ kata, first, second }) {
    return allSubjects(kata).flatMap(({ name, file }) => {
      const [one, two] = [essenceOf(first.get(name)), essenceOf(second.get(name))];
      return [...one.keys()]
        .filter((id) => one.get(id) !== two.get(id))
        .map((id) => ({
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

function essenceOf(run: SubjectRun | undefined): ReadonlyMap<string, string> {
  return new Map(
    (run?.records ?? []).map(({ id, outcome, runs, path, failure }) => {
      // How far a slow property came depends on the machine.
      const isSlow = outcome === "too-slow";
      const story = failure === undefined ? undefined : { ...failure, stack: undefined };
      return [id, JSON.stringify(isSlow ? [outcome] : [outcome, runs, path, story])];
    }),
  );
}
