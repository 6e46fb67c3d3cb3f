import { readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { tagsOf, type EvidenceCheck } from "../evidence.ts";
import { lineOf, type Finding } from "../finding.ts";

/** A killer that is named must catch its wrong answer at this share of the author's seeds. */
const LEAST_SHARE = 0.9;

/** Every wrong answer dies by each property and budget it names, whatever the seed. */
export const wrongsKilled: EvidenceCheck = {
  id: "wrongs-killed",
  find({ kata, matrix }) {
    const findings: Finding[] = [];
    for (const wrong of kata.wrongs) {
      const { name, file } = wrong;
      const kills = matrix[name] ?? [];
      const line = lineOf(readFileSync(file, "utf8"), "@killedBy");
      const add = (message: string, fix: string): void => {
        findings.push({ check: "wrongs-killed", file, line, message, fix, about: name });
      };
      for (const killer of tagsOf(wrong).killedBy) {
        const kill = kills.find((one) => one.killer === killer);
        if (kill === undefined) {
          const others = kills.map((one) => one.killer).join(", ");
          const caught = others === "" ? say`nothing catches it` : say`caught by ${others}`;
          const fix = say`Sharpen the property, or name the killer that is right.`;
          add(say`${name} survives ${killer}: ${caught}`, fix);
          continue;
        }
        const { broken, of } = kill.seeds ?? { broken: 1, of: 1 };
        if (broken >= of * LEAST_SHARE) continue;
        const fix = say`Aim the generator at it, or give the property more runs.`;
        add(say`${name} survives ${killer} at ${of - broken} of ${of} seeds`, fix);
      }
    }
    return findings;
  },
};
