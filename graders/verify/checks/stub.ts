import { existsSync, readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { valueExports } from "../../catalog/stub-exports.ts";
import type { FileCheck } from "../evidence.ts";
import { lineOf, type Finding } from "../finding.ts";

/** stub.ts exports something to write, throws `unimplemented`, and has public members only. */
export const stub: FileCheck = {
  id: "stub",
  find({ paths: { stub: file } }) {
    if (!existsSync(file)) return [];
    const source = readFileSync(file, "utf8");
    const findings: Finding[] = [];
    const add = (line: number, message: string, fix: string): void => {
      findings.push({ check: "stub", file, line, message, fix });
    };
    if (valueExports(source).length === 0) {
      add(1, say`exports no value`, say`Export the class or function that a candidate writes.`);
    }
    if (!source.includes('throw new Error("unimplemented: ')) {
      const fix = say`Let each body be: throw new Error("unimplemented: Name.method")`;
      add(1, say`does not throw unimplemented`, fix);
    }
    const hidden = /^[ \t]*(private|protected)\s|^[ \t]*#\w/m.exec(source);
    if (hidden !== null) {
      const fix = say`Keep public members only: a private one makes every attempt fail the type check.`;
      add(lineOf(source, hidden[0]), say`has private members`, fix);
    }
    return findings;
  },
};
