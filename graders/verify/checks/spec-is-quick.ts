import { say } from "../../model/say.ts";
import { correctSubjects, type EvidenceCheck } from "../evidence.ts";
import type { Finding } from "../finding.ts";

const IMPORT_MS = 100;
const SPEC_MS = 4_000;
const SIMULATION_MS = 8_000;

/** A candidate waits for the spec at every save: it loads at once, and is soon through. */
export const specIsQuick: EvidenceCheck = {
  id: "spec-is-quick",
  find({ kata, first, second, seeds, importMs }) {
    const { spec: file } = kata.paths;
    const findings: Finding[] = [];
    const add = (message: string, fix: string): void => {
      findings.push({ check: "spec-is-quick", file, line: 1, message, fix });
    };
    if (importMs > IMPORT_MS) {
      const fix = say`Build large inputs inside the properties, and import less.`;
      add(
        say`importing the spec takes ${Math.round(importMs)} ms of CPU time, at most ${IMPORT_MS}`,
        fix,
      );
    }
    const [reference] = correctSubjects(kata);
    const runs = [first, second].map((round) => round.get(reference?.name ?? ""));
    const more = seeds.filter(({ subject }) => subject.kind === "reference");
    // The fastest of all: what a busy machine adds is never negative.
    const fastest = Math.min(
      ...[...runs, ...more.map(({ run }) => run)].map((run) =>
        run === undefined ? Infinity : run.records.reduce((sum, { ms }) => sum + ms, 0),
      ),
    );
    const most = kata.manifest.kind === "simulation" ? SIMULATION_MS : SPEC_MS;
    if (fastest > most && fastest !== Infinity) {
      const seconds = (fastest / 1000).toFixed(1);
      const fix = say`Give the properties fewer or smaller runs.`;
      add(say`the spec takes ${seconds} s on the reference, at most ${most / 1000} s`, fix);
    }
    return findings;
  },
};
