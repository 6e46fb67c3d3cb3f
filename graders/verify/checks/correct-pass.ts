import { say } from "../../model/say.ts";
import { COMMON_SEED } from "../../grade/grade-attempt.ts";
import type { PropertyRecord } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import type { SubjectRun } from "../../run/run-spec.ts";
import { correctSubjects, type EvidenceCheck } from "../evidence.ts";
import type { Finding } from "../finding.ts";

/** The reference and every alternative hold every property at every seed. */
export const correctPass: EvidenceCheck = {
  id: "correct-pass",
  find({ kata, first, seeds }) {
    return [
      ...correctSubjects(kata).flatMap((subject) =>
        faultsOf(subject, COMMON_SEED, first.get(subject.name)),
      ),
      ...seeds.flatMap(({ subject, seed, run }) => faultsOf(subject, seed, run)),
    ];
  },
};

function faultsOf(subject: Subject, seed: number, run: SubjectRun | undefined): Finding[] {
  const { name, file, kind } = subject;
  const check = kind === "reference" ? "reference-passes" : "alternatives-pass";
  const fix = say`One of the two is wrong: read the counterexample, then mend the code or the spec.`;
  const finding = (message: string): Finding => {
    return { check, file, line: 1, message, fix, about: name };
  };
  if (run === undefined) return [finding(say`${name} did not run`)];
  if (run.end.kind !== "complete") return [finding(`${name}: ${describeEnd(run)}`)];
  return run.records
    .filter(({ outcome }) => outcome !== "held")
    .map((record) => finding(say`${name} at seed ${seed}: ${describeFailure(record)}`));
}

function describeEnd({ end }: SubjectRun): string {
  if (end.kind === "load-failed") return say`does not load (${end.message})`;
  if (end.kind === "stopped") return say`hangs or dies in ${end.property ?? end.during}`;
  return say`did not run`;
}

function describeFailure({ id, outcome, failure }: PropertyRecord): string {
  if (failure === undefined) return say`${id} is ${outcome}`;
  const { what, expected, actual, input } = failure;
  const facts = [
    what,
    expected && say`expected ${expected}`,
    actual && say`got ${actual}`,
    input && say`input ${input}`,
  ];
  return say`${id} is ${outcome}: ${facts.filter(Boolean).join("; ").slice(0, 600)}`;
}
