import { say } from "../../model/say.ts";
import type { Kata } from "../../model/kata.ts";
import { checksBeforeRun } from "../../run/sandbox.ts";
import { FOR_SPECS, staticCheck } from "../../run/static-check.ts";
import { allSubjects } from "../evidence.ts";
import type { Finding } from "../finding.ts";

/**
 * The code of a pack uses nothing of the machine it runs on; nothing runs before that. Its solutions
 * are held to what holds for attempts, its spec and bench may use the harness besides. Our own code
 * is held to the lint.
 */
export const reach = {
  id: "reach",
  async find(kata: Kata): Promise<Finding[]> {
    if (kata.pack === undefined || !checksBeforeRun()) return [];
    const { spec, bench } = kata.paths;
    const denials = await Promise.all([
      ...allSubjects(kata).map(({ file }) => staticCheck(file)),
      ...[spec, bench].map((file) => staticCheck(file, FOR_SPECS)),
    ]);
    return denials.flat().map(({ file, line, what, instead }) => ({
      check: "reach",
      file,
      line,
      message: say`${what} is not for the code of a pack, as that runs on other people's machines`,
      fix: say`Instead: ${instead}.`,
    }));
  },
};
