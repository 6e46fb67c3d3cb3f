import { readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import type { BudgetResult } from "../../model/grade-report.ts";
import { correctSubjects, type EvidenceCheck } from "../evidence.ts";
import { lineOf } from "../finding.ts";

/** Every correct design is within every budget. */
export const budgetFits: EvidenceCheck = {
  id: "budget-fits",
  find({ kata, budgets }) {
    const { bench: file } = kata.paths;
    const source = readFileSync(file, "utf8");
    return correctSubjects(kata).flatMap(({ name }) =>
      (budgets[name] ?? [])
        .filter(({ outcome }) => outcome !== "within")
        .map((budget) => ({
          check: "budget-fits",
          file,
          line: lineOf(source, `"${budget.id}"`),
          message: say`${name} is ${budget.outcome} in ${budget.id}: ${describe(budget)}`,
          fix: say`Make it cheaper, or set the limit to what a good design needs.`,
          about: budget.id,
        })),
    );
  },
};

function describe(budget: BudgetResult): string {
  const { ratio, slope, referenceSlope, bytes, count, limit, why } = budget;
  if (count !== undefined) return say`${count} against ${budget.referenceCount}, limit ${limit}x`;
  if (ratio !== undefined) return say`ratio ${ratio.toFixed(2)}, limit ${limit}`;
  if (bytes !== undefined) return say`${bytes.toFixed(1)} bytes an element, limit ${limit}`;
  if (slope === undefined || referenceSlope === undefined) return why ?? say`not measured`;
  return say`slope ${slope.toFixed(2)}, reference ${referenceSlope.toFixed(2)}, limit +${limit}`;
}
