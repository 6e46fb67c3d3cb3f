import { existsSync, readFileSync } from "node:fs";
import { say, sayCount } from "../../model/say.ts";
import { chapterPage, specFiles } from "../../catalog/paths.ts";
import type { FileCheck } from "../evidence.ts";

/** What `kata new` leaves for the author to write. */
const MARK = /\bTODO\b/;

/** Nothing is left of the template's own gaps. */
export const unwritten: FileCheck = {
  id: "unwritten",
  find({ paths, chapter }, root) {
    const { statement, stub, reference, notes } = paths;
    const files = [
      stub,
      statement,
      ...specFiles(paths),
      reference,
      notes,
      chapterPage(root, chapter),
    ];
    return files
      .filter((file) => existsSync(file))
      .flatMap((file) => {
        const lines = readFileSync(file, "utf8").split("\n");
        const gaps = lines.filter((line) => MARK.test(line)).length;
        const line = lines.findIndex((text) => MARK.test(text)) + 1;
        if (gaps === 0) return [];
        const message = sayCount(gaps, "says TODO", "says TODO in {n} lines");
        return [{ check: "unwritten", file, line, message, fix: say`Write what belongs there.` }];
      });
  },
};
