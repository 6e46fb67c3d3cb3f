import { existsSync, readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { parseStatement, STATEMENT_HEADINGS } from "../../catalog/statement.ts";
import type { FileCheck } from "../evidence.ts";
import type { Finding } from "../finding.ts";

const FEWEST_HINTS = 3;
/** README.md has its headings, numbered rules, hints, and the stub as its interface. */
export const statement: FileCheck = {
  id: "statement",
  find({ paths: { statement: file, stub }, pack }) {
    if (!existsSync(file)) return [];
    const found = parseStatement(readFileSync(file, "utf8"));
    const findings: Finding[] = [];
    const add = (line: number, message: string, fix: string): void => {
      findings.push({ check: "statement", file, line, message, fix });
    };
    const headings = found.headings.map((heading) => heading.text).join(", ");
    if (headings !== STATEMENT_HEADINGS.join(", ")) {
      const fix = say`Write them as ${STATEMENT_HEADINGS.join(", ")}.`;
      add(1, say`its headings are ${headings || "missing"}`, fix);
    }
    [...found.rules].forEach(([number, { line }], index) => {
      if (number === index + 1) return;
      add(line, say`rule ${number} stands at place ${index + 1}`, say`Number the rules 1, 2, 3….`);
    });
    if (found.rules.size === 0)
      add(1, say`has no rules`, say`Number them 1. 2. 3. under ## Contract.`);
    if (found.hints.length < FEWEST_HINTS) {
      const message = say`${found.hints.length} hints, at least ${FEWEST_HINTS} are needed`;
      add(1, message, say`Add <details> under ## Hints.`);
    }
    if (existsSync(stub)) {
      const code = readFileSync(stub, "utf8").trim();
      const { interface: shown } = found;
      if (shown?.code.trim() !== code) {
        const message = say`the Interface block differs from stub.ts`;
        add(
          shown?.line ?? 1,
          message,
          say`Copy it: ${pack === undefined ? "npm run docs" : "kata --pack . docs"}`,
        );
      }
    }
    return findings;
  },
};
