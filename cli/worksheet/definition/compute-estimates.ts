import { DIMENSIONS, type Quantity, dimensionText, sameDimension } from "../quantity/dimension.ts";
import { evaluateFormula } from "../formula/evaluate-formula.ts";
import { FormulaError } from "../formula/formula-error.ts";
import { type Formula, parseFormula } from "../formula/parse-formula.ts";
import { KataError, say } from "../../../graders/reading.ts";
import type { System } from "./system.ts";

/**
 * The formulas of a system, each after those whose results it uses.
 * @throws KataError `definition-invalid` on one that cannot be read, and on a cycle.
 */
export function orderFormulas(system: System): ReadonlyMap<string, Formula> {
  const parsed = new Map(
    Object.entries(system.estimates).map(([id, { formula }]) => [
      id,
      blame(system, id, () => parseFormula(formula)),
    ]),
  );
  const ordered = new Map<string, Formula>();
  const open: string[] = [];
  const visit = (id: string, formula: Formula): void => {
    if (ordered.has(id)) return;
    if (open.includes(id)) {
      const why = say`the formulas go round in a circle: ${[...open, id].join(" -> ")}`;
      throw new KataError("definition-invalid", { slug: system.slug, why });
    }
    open.push(id);
    for (const name of formula.names) {
      const upstream = parsed.get(name);
      if (upstream !== undefined) visit(name, upstream);
    }
    open.pop();
    ordered.set(id, formula);
  };
  for (const [id, formula] of parsed) visit(id, formula);
  return ordered;
}

/**
 * Every estimate, in base units, from the values of the assumptions. `answers` take the place of
 * computed results, so that a chain can be followed from a candidate's own figures.
 * @throws KataError `definition-invalid` when a formula does not give what its kind declares.
 */
export function computeEstimates(
  system: System,
  assumptions: ReadonlyMap<string, Quantity>,
  answers: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number> {
  const known = new Map(assumptions);
  const results = new Map<string, number>();
  for (const [id, formula] of orderFormulas(system)) {
    const estimate = system.estimates[id];
    if (estimate === undefined) continue;
    const dimension = DIMENSIONS[estimate.kind];
    const result = blame(system, id, () => {
      const computed = evaluateFormula(formula, (name) => known.get(name));
      if (sameDimension(computed, dimension)) return computed.value;
      const found = dimensionText(computed);
      throw new FormulaError(say`the result is ${found}, declared is ${dimensionText(dimension)}`);
    });
    results.set(id, result);
    known.set(id, { value: answers.get(id) ?? result, ...dimension });
  }
  return results;
}

function blame<T>({ slug }: System, id: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const why = say`estimates.${id}.formula: ${error.message}`;
    throw new KataError("definition-invalid", { slug, why }, error);
  }
}
