import { say } from "../../../../graders/reading.ts";
import { FormulaError } from "../../formula/formula-error.ts";
import { TIME_NAMES, evaluateFormula } from "../../formula/evaluate-formula.ts";
import type { Formula, FormulaNode } from "../../formula/parse-formula.ts";
import type { Quantity } from "../../quantity/dimension.ts";

/** How close a ratio must come to a known slip. */
const CLOSE = 1.06;
const DAY = 86_400;
const YEAR = 31_536_000;

/** Ratios that tell what went wrong. */
const knownSlips = (): readonly (readonly [ratio: number, what: string])[] => [
  [8, say`bits and bytes mixed`],
  [10, say`a decimal place`],
  [1e3, say`one prefix step (K/M/G) off`],
  [1e6, say`two prefix steps (K/M/G) off`],
  [1e9, say`three prefix steps (K/M/G) off`],
  [DAY, say`per second and per day mixed (x 86 400)`],
  [3600, say`hours and seconds mixed (x 3600)`],
  [60, say`minutes and seconds mixed (x 60)`],
  [24, say`hours and days mixed (x 24)`],
  [365, say`days and years mixed (x 365)`],
  [30, say`days and months mixed (x 30)`],
  [12, say`months and years mixed (x 12)`],
];

type Scope = (name: string) => Quantity | undefined;

export interface Slip {
  readonly text: string;
  /** The name of the factor that was left out. */
  readonly factor?: string;
}

/**
 * What most likely went wrong: a factor of the formula left out, or one of the usual ratios.
 *
 * @param describe a name with its value, for the message
 */
export function diagnoseSlip(
  value: number,
  expected: number,
  {
    formula,
    scope,
    describe,
  }: { formula: Formula; scope: Scope; describe: (name: string) => string },
): Slip | undefined {
  const factor = findMissingFactor(value, expected, formula, scope);
  if (factor !== undefined) {
    return { text: say`the factor ${describe(factor)} seems missing`, factor };
  }
  const ratio = Math.max(value / expected, expected / value);
  const known = knownSlips().find(([at]) => isClose(ratio, at));
  return known === undefined ? undefined : { text: known[1] };
}

/** The name whose value, replaced by 1 (a time also by a day or a year), gives the answer. */
function findMissingFactor(
  value: number,
  expected: number,
  formula: Formula,
  scope: Scope,
): string | undefined {
  if (formula.names.length < 2) return undefined;
  return formula.names.find((name) => {
    const units = scope(name)?.seconds === 1 ? [1, DAY, YEAR] : [1];
    return units.some((unit) => {
      const without = evaluateWithout(formula, scope, name, unit);
      return without !== undefined && isClose(without, value) && !isClose(without, expected);
    });
  });
}

function evaluateWithout(
  formula: Formula,
  scope: Scope,
  name: string,
  unit: number,
): number | undefined {
  const isTime = TIME_NAMES.some((it) => it === name);
  const changed = isTime ? { ...formula, root: replace(formula.root, name, unit) } : formula;
  try {
    return evaluateFormula(changed, (it) => {
      const known = scope(it);
      return it === name && known !== undefined ? { ...known, value: unit } : known;
    }).value;
  } catch (error) {
    if (error instanceof FormulaError) return undefined;
    throw error;
  }
}

/** The names of times stand for fixed values: they have to be replaced in the formula itself. */
function replace(node: FormulaNode, name: string, value: number): FormulaNode {
  switch (node.type) {
    case "number":
      return node;
    case "name":
      return node.name === name ? { type: "number", value, text: String(value) } : node;
    case "call":
      return { ...node, args: node.args.map((arg) => replace(arg, name, value)) };
    case "binary":
      return {
        ...node,
        left: replace(node.left, name, value),
        right: replace(node.right, name, value),
      };
  }
}

function isClose(a: number, b: number): boolean {
  return a > 0 && b > 0 && Math.max(a / b, b / a) <= CLOSE;
}
