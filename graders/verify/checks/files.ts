import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { say } from "../../model/say.ts";
import { chapterPage } from "../../catalog/paths.ts";
import type { FileCheck } from "../evidence.ts";
import type { Finding } from "../finding.ts";

/** Every file is there, and no other. */
export const files: FileCheck = {
  id: "files",
  find({ paths, chapter }, root) {
    const findings: Finding[] = [];
    const add = (file: string, message: string, fix: string): void => {
      findings.push({ check: "files", file, line: 1, message, fix });
    };
    const { manifest, statement, stub, reference, notes, spec, bench } = paths;
    for (const file of [manifest, stub, statement, spec, reference, bench, notes]) {
      if (!existsSync(file)) add(file, say`is missing`, say`Write it.`);
    }
    const page = chapterPage(root, chapter);
    if (!existsSync(page)) add(page, say`the chapter has no page`, say`Write it.`);
    const expected: [string, readonly string[]][] = [
      [paths.kataDir, ["README.md", "kata.json", "stub.ts"]],
      [paths.solutionDir, ["NOTES.md", "alt", "solution.ts", "wrong"]],
    ];
    for (const [dir, names] of expected) {
      if (!existsSync(dir)) continue;
      for (const name of readdirSync(dir).filter((entry) => !names.includes(entry))) {
        add(join(dir, name), say`does not belong to a kata`, say`Remove it.`);
      }
    }
    return findings;
  },
};
