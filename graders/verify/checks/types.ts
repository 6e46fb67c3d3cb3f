import { say } from "../../model/say.ts";
import type { Kata } from "../../model/kata.ts";
import type { TypeCheck } from "../../run/typecheck.ts";
import { allSubjects } from "../evidence.ts";
import type { Finding } from "../finding.ts";

/** Every subject compiles and fits the stub; nothing runs before that. */
export const types = {
  id: "types",
  find(kata: Kata, checked: ReadonlyMap<string, TypeCheck>): Finding[] {
    const findings: Finding[] = [];
    for (const { file, name: about } of allSubjects(kata)) {
      const { problems = [], missing = [] } = checked.get(file) ?? {};
      for (const { file: source, line, message } of problems) {
        const fix = say`Make it compile.`;
        findings.push({ check: "types", file: source, line, message, fix, about });
      }
      for (const key of missing) {
        const message = say`${about} does not export ${key}`;
        findings.push({ check: "types", file, line: 1, message, fix: say`Export it.`, about });
      }
    }
    return findings;
  },
};
