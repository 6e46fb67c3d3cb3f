import { readFileSync } from "node:fs";
import { say, sayCount } from "../../model/say.ts";
import type { Kata } from "../../model/kata.ts";
import type { EquivalentMutant } from "../../model/kata-manifest.ts";
import type { TriedMutant, TriedMutants } from "../../model/mutation.ts";
import { lineOf, type Finding } from "../finding.ts";

/** Percentage of mutants that the properties of a kata must notice. */
const LEAST_SCORE = 95;

export interface JudgedMutant extends Omit<TriedMutant, "fate"> {
  readonly fate: TriedMutant["fate"] | "equivalent";
  /** Why nobody can tell an equivalent mutant from the reference. */
  readonly reason?: string;
}

export interface MutantJudgement {
  readonly findings: readonly Finding[];
  readonly mutants: readonly JudgedMutant[];
  readonly killed: number;
  readonly timedOut: number;
  /** Uncovered ones among them. */
  readonly survived: number;
  readonly equivalent: number;
  /** Of all but the equivalent ones, the percentage that a property notices, to one decimal. */
  readonly score: number;
}

/** Counts the fates, takes the reviewed equivalents out, and says what is wrong. */
export function judgeMutants(kata: Kata, { broken, mutants }: TriedMutants): MutantJudgement {
  const records = kata.manifest.equivalentMutants ?? [];
  const judged = mutants.map((mutant): JudgedMutant => {
    const record = records.find(({ id }) => id === mutant.id);
    if (record === undefined || !isAlive(mutant)) return mutant;
    return { ...mutant, fate: "equivalent", reason: record.reason };
  });
  const count = (...fates: JudgedMutant["fate"][]): number =>
    judged.filter(({ fate }) => fates.includes(fate)).length;
  const killed = count("killed");
  const timedOut = count("timed-out");
  const survived = count("survived", "uncovered");
  const all = killed + timedOut + survived;
  const score = all === 0 ? 100 : Math.floor((1000 * (killed + timedOut)) / all) / 10;
  const findings = [
    ...broken.map((id) => findBroken(kata, id)),
    ...(broken.length > 0 ? [] : records.flatMap((record) => findStale(kata, record, mutants))),
    ...(broken.length === 0 && score < LEAST_SCORE ? [findLowScore(kata, score, survived)] : []),
  ];
  const equivalent = count("equivalent");
  return { findings, mutants: judged, killed, timedOut, survived, equivalent, score };
}

/** Whether no property notices a mutant. */
export function isAlive({ fate }: TriedMutant): boolean {
  return fate === "survived" || fate === "uncovered";
}

function findBroken({ reference }: Kata, id: string): Finding {
  return {
    check: "reference-passes",
    file: reference.file,
    line: 1,
    message: say`the reference breaks ${id}, so no mutant can be judged`,
    fix: say`Mend the code or the spec first: kata verify tells the counterexample.`,
  };
}

function findStale(
  { paths: { manifest: file } }: Kata,
  { id, change }: EquivalentMutant,
  mutants: readonly TriedMutant[],
): Finding[] {
  const mutant = mutants.find((tried) => tried.id === id);
  if (mutant !== undefined && isAlive(mutant)) return [];
  const line = lineOf(readFileSync(file, "utf8"), `"${id}"`);
  const fact =
    mutant === undefined
      ? say`stands for no mutant of the reference any more`
      : say`is noticed by ${mutant.by}, so it is not equivalent`;
  return [
    {
      check: "mutants",
      file,
      line,
      message: say`the equivalent mutant ${id} (${change}) ${fact}`,
      fix: say`Remove the record; if the mutant is still there under a new id, review it again.`,
    },
  ];
}

function findLowScore({ paths: { spec: file } }: Kata, score: number, survived: number): Finding {
  return {
    check: "mutation-score",
    file,
    line: 1,
    message: sayCount(
      survived,
      "{score} % of the mutants are noticed, at least {least} % must be; {n} survives",
      "{score} % of the mutants are noticed, at least {least} % must be; {n} survive",
      { score, least: LEAST_SCORE },
    ),
    fix: say`Sharpen a property for each survivor, or record it: kata verify <slug> --equivalent <id> --reason <why>`,
  };
}
