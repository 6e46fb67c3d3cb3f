import { say } from "../../model/say.ts";
import type { FileCheck } from "../evidence.ts";
import type { Finding } from "../finding.ts";

const FEWEST_WRONGS = 5;

/** There are wrong answers to catch, and another correct design to let through. */
export const enoughSubjects: FileCheck = {
  id: "enough-subjects",
  find({ paths, wrongs, alternatives }) {
    const findings: Finding[] = [];
    const add = (file: string, message: string, fix: string): void => {
      findings.push({ check: "enough-subjects", file, line: 1, message, fix });
    };
    if (wrongs.length < FEWEST_WRONGS) {
      const message = say`${wrongs.length} wrong answers, at least ${FEWEST_WRONGS} are needed`;
      add(paths.wrongDir, message, say`Add mistakes that a candidate would make.`);
    }
    if (alternatives.length === 0) {
      const fix = say`Add another correct design: it keeps the spec from judging a design.`;
      add(paths.altDir, say`no alternative`, fix);
    }
    return findings;
  },
};
