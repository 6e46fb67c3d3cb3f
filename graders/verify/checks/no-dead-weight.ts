import { readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { tagsOf, type EvidenceCheck } from "../evidence.ts";
import { lineOf } from "../finding.ts";

/** Every property is what some wrong answer names as its killer, and does kill it. */
export const noDeadWeight: EvidenceCheck = {
  id: "no-dead-weight",
  find({ kata, declared, matrix }) {
    const { spec: file } = kata.paths;
    const source = readFileSync(file, "utf8");
    const busy = new Set(
      kata.wrongs.flatMap((wrong) => {
        const killers = new Set((matrix[wrong.name] ?? []).map(({ killer }) => killer));
        return tagsOf(wrong).killedBy.filter((killer) => killers.has(killer));
      }),
    );
    return declared
      .filter(({ id }) => !busy.has(id))
      .map(({ id }) => ({
        check: "no-dead-weight",
        file,
        line: lineOf(source, `"${id}"`),
        message: say`${id} catches no wrong answer that names it`,
        fix: say`Add a wrong answer that only it catches, or drop the property.`,
        about: id,
      }));
  },
};
