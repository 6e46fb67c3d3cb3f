import { say } from "../../../graders/reading.ts";
import { type Quantity, dimensionText, sameDimension } from "../quantity/dimension.ts";
import { TIME_UNITS } from "../quantity/units.ts";
import { FormulaError } from "./formula-error.ts";
import type { Formula, FormulaNode, FunctionName } from "./parse-formula.ts";

/** Names every formula may use besides those of its definition. */
export const TIME_NAMES = ["second", "day", "month", "year"] as const;

const TIMES: ReadonlyMap<string, Quantity> = new Map(
  TIME_NAMES.map((name) => [name, { value: TIME_UNITS.get(name) ?? 0, bytes: 0, seconds: 1 }]),
);

/**
 * Computes a formula with its dimension. `scope` gives the value of a name, undefined for one that
 * is not known.
 * @throws FormulaError on an unknown name, on dimensions that do not fit, and when the result is not finite.
 */
export function evaluateFormula(
  formula: Formula,
  scope: (name: string) => Quantity | undefined,
): Quantity {
  const result = evaluate(formula.root, scope);
  if (!Number.isFinite(result.value))
    throw new FormulaError(say`the result is not a finite number`);
  return result;
}

type Scope = (name: string) => Quantity | undefined;

function evaluate(node: FormulaNode, scope: Scope): Quantity {
  switch (node.type) {
    case "number":
      return plain(node.value);
    case "name": {
      const value = TIMES.get(node.name) ?? scope(node.name);
      if (value === undefined) throw new FormulaError(say`there is no value "${node.name}"`);
      return value;
    }
    case "call":
      return call(
        node.name,
        node.args.map((arg) => evaluate(arg, scope)),
      );
    case "binary":
      return combine(node.operator, evaluate(node.left, scope), evaluate(node.right, scope));
  }
}

function combine(operator: "+" | "-" | "*" | "/" | "^", a: Quantity, b: Quantity): Quantity {
  switch (operator) {
    case "+":
    case "-":
      requireSame(operator, a, b);
      return { ...a, value: operator === "+" ? a.value + b.value : a.value - b.value };
    case "*":
      return { value: a.value * b.value, bytes: a.bytes + b.bytes, seconds: a.seconds + b.seconds };
    case "/":
      return { value: a.value / b.value, bytes: a.bytes - b.bytes, seconds: a.seconds - b.seconds };
    case "^":
      requirePlain("^", a);
      requirePlain("^", b);
      return plain(a.value ** b.value);
  }
}

function call(name: FunctionName, args: readonly Quantity[]): Quantity {
  const [first = plain(Number.NaN), ...rest] = args;
  if (name === "min" || name === "max") {
    for (const other of rest) requireSame(name, first, other);
    return { ...first, value: Math[name](...args.map(({ value }) => value)) };
  }
  requirePlain(name, first);
  const compute = name === "ln" ? Math.log : Math[name];
  return plain(compute(first.value));
}

function plain(value: number): Quantity {
  return { value, bytes: 0, seconds: 0 };
}

function requireSame(operator: string, a: Quantity, b: Quantity): void {
  if (sameDimension(a, b)) return;
  throw new FormulaError(
    say`"${operator}" needs two of one kind, not ${dimensionText(a)} and ${dimensionText(b)}`,
  );
}

function requirePlain(operator: string, value: Quantity): void {
  if (value.bytes === 0 && value.seconds === 0) return;
  throw new FormulaError(say`"${operator}" needs a plain number, not ${dimensionText(value)}`);
}
