import { readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import type { EvidenceCheck } from "../evidence.ts";
import { lineOf, type Finding } from "../finding.ts";

/** The points sum to 100, and every id is written out, so that a search finds it. */
export const points: EvidenceCheck = {
  id: "points",
  find({ kata, declared }) {
    const { spec: file } = kata.paths;
    const source = readFileSync(file, "utf8");
    const findings: Finding[] = [];
    const total = declared.reduce((sum, property) => sum + property.points, 0);
    if (total !== 100) {
      const message = say`the points sum to ${total}`;
      findings.push({ check: "points", file, line: 1, message, fix: say`Make them sum to 100.` });
    }
    for (const { id } of declared.filter((property) => !source.includes(`"${property.id}"`))) {
      const message = say`${id} is not a literal`;
      const line = lineOf(source, id);
      findings.push({
        check: "points",
        file,
        line,
        message,
        fix: say`Write the id out.`,
        about: id,
      });
    }
    return findings;
  },
};
