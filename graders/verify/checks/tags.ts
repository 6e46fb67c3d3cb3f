import { say } from "../../model/say.ts";
import { tagsOf, type FileCheck } from "../evidence.ts";
import type { Finding } from "../finding.ts";

/** Wrong answers say what is wrong with them and what catches them; alternatives how they differ. */
export const tags: FileCheck = {
  id: "tags",
  find({ wrongs, alternatives }) {
    const findings: Finding[] = [];
    for (const wrong of wrongs) {
      const { bug, killedBy } = tagsOf(wrong);
      if (bug !== undefined && killedBy.length > 0) continue;
      const fix = say`Begin it with /** @bug one sentence, then @killedBy property-id */`;
      const message = say`lacks @bug or @killedBy`;
      findings.push({ check: "tags", file: wrong.file, line: 1, message, fix, about: wrong.name });
    }
    for (const alternative of alternatives) {
      if (tagsOf(alternative).design !== undefined) continue;
      const { file, name: about } = alternative;
      const fix = say`Begin it with /** @design one sentence */`;
      findings.push({ check: "tags", file, line: 1, message: say`lacks @design`, fix, about });
    }
    return findings;
  },
};
