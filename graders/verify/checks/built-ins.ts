import { say } from "../../model/say.ts";
import { allSubjects, type EvidenceCheck } from "../evidence.ts";

/** No subject changes what all code shares: a grade would call it tampered, and judge nothing. */
export const builtIns: EvidenceCheck = {
  id: "built-ins",
  find({ kata, first }) {
    return allSubjects(kata).flatMap(({ name, file }) => {
      const [what] = first.get(name)?.tampered ?? [];
      if (what === undefined) return [];
      return [
        {
          check: "built-ins",
          file,
          line: 1,
          message: say`${name} changes ${what}: a grade calls that tampered, and judges no property`,
          fix: say`Let it go wrong in its own objects. Beware of keys such as "__proto__" and "constructor".`,
          about: name,
        },
      ];
    });
  },
};
