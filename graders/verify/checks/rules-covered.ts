import { existsSync, readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { parseStatement } from "../../catalog/statement.ts";
import type { EvidenceCheck } from "../evidence.ts";
import { lineOf, type Finding } from "../finding.ts";

/** Every rule of the statement is checked, and everything checked is a rule of the statement. */
export const rulesCovered: EvidenceCheck = {
  id: "rules-covered",
  find({ kata, declared, budgets }) {
    const { spec, bench, statement } = kata.paths;
    if (!existsSync(statement)) return [];
    const { rules } = parseStatement(readFileSync(statement, "utf8"));
    const source = readFileSync(spec, "utf8");
    const findings: Finding[] = [];
    const add = (file: string, line: number, message: string, fix: string, about: string): void => {
      findings.push({ check: "rules-covered", file, line, message, fix, about });
    };
    for (const { id, rules: cited } of declared) {
      const line = lineOf(source, `"${id}"`);
      const fix = say`Cite the rule it checks.`;
      if (cited.length === 0) add(spec, line, say`${id} cites no rule`, fix, id);
      for (const rule of cited.filter((number) => !rules.has(number))) {
        add(spec, line, say`${id} cites rule ${rule}, which does not exist`, fix, id);
      }
    }
    const declaredBudgets = budgets["reference"] ?? [];
    for (const { id, rule } of declaredBudgets.filter((budget) => !rules.has(budget.rule))) {
      const message = say`the budget ${id} cites rule ${rule}, which does not exist`;
      add(bench, lineOf(readFileSync(bench, "utf8"), `"${id}"`), message, say`Cite its rule.`, id);
    }
    const cited = new Set([
      ...declared.flatMap((property) => property.rules),
      ...declaredBudgets.map(({ rule }) => rule),
    ]);
    for (const [number, { line }] of rules) {
      if (cited.has(number)) continue;
      const message = say`rule ${number} is cited by no property and no budget`;
      const fix = say`Check it in the spec, or move it out of ## Contract.`;
      add(statement, line, message, fix, `rule ${number}`);
    }
    return findings;
  },
};
