import { readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import type { BudgetResult } from "../../model/grade-report.ts";
import type { EvidenceCheck } from "../evidence.ts";
import { lineOf, type Finding } from "../finding.ts";

/** Share of a limit that the reference itself may use where the clock is noisy. */
const MOST_OF_TIME = 0.6;
/** The same where the measurement is exact to a few percent. */
const MOST_OF_EXACT = 0.95;

/** A cost planted over the limit is noticed, and the reference leaves room below it. */
export const budgetHasTeeth: EvidenceCheck = {
  id: "budget-has-teeth",
  find({ kata, budgets, planted }) {
    const { bench: file } = kata.paths;
    const source = readFileSync(file, "utf8");
    const findings: Finding[] = [];
    const add = (id: string, message: string, fix: string): void => {
      const line = lineOf(source, `"${id}"`);
      findings.push({ check: "budget-has-teeth", file, line, message, fix, about: id });
    };
    for (const { id, outcome, why } of planted) {
      if (outcome === "over") continue;
      const reason = why === undefined ? outcome : `${outcome}, ${why}`;
      const fix = say`Let one call do more, and the same work each time.`;
      add(id, say`${id} does not notice a cost that is planted over its limit (${reason})`, fix);
    }
    for (const budget of budgets["reference"] ?? []) {
      const share = shareOfLimit(budget);
      const most =
        budget.kind === "time" || budget.kind === "growth" ? MOST_OF_TIME : MOST_OF_EXACT;
      if (share === undefined || share <= most) continue;
      const message = say`the reference uses ${Math.round(share * 100)} % of ${budget.id}`;
      const fix = say`Make it cheaper, or leave it at most ${most * 100} % of the limit.`;
      add(budget.id, message, fix);
    }
    return findings;
  },
};

/** What the reference uses of a limit, by the design of the limit rather than by today's noise. */
function shareOfLimit({ kind, limit, referenceBytes }: BudgetResult): number | undefined {
  switch (kind) {
    case "time":
    case "count":
      return 1 / limit;
    case "growth":
      return 0;
    case "memory":
      return referenceBytes === undefined ? undefined : referenceBytes / limit;
  }
}
