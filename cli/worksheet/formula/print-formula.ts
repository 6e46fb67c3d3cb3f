import type { FormulaNode } from "./parse-formula.ts";

const STRENGTH = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 3 } as const;
const SIGNS = { "+": "+", "-": "-", "*": "×", "/": "/", "^": "^" } as const;

/** A formula with something else in the place of its names, and no more parentheses than it needs. */
export function printFormula(node: FormulaNode, substitute: (name: string) => string): string {
  switch (node.type) {
    case "number":
      return node.text;
    case "name":
      return substitute(node.name);
    case "call":
      return `${node.name}(${node.args.map((arg) => printFormula(arg, substitute)).join(", ")})`;
    case "binary": {
      const { operator, left, right } = node;
      const side = (child: FormulaNode, tightest: boolean): string => {
        const text = printFormula(child, substitute);
        // `2 M / 100 M/month` would divide twice.
        const isFraction = child.type === "name" && text.includes("/") && tightest;
        return isFraction || needsParentheses(child, operator, tightest) ? `(${text})` : text;
      };
      const isPower = operator === "^";
      return `${side(left, isPower)} ${SIGNS[operator]} ${side(right, !isPower)}`;
    }
  }
}

function needsParentheses(
  child: FormulaNode,
  parent: keyof typeof STRENGTH,
  againstTheGrain: boolean,
): boolean {
  if (child.type !== "binary") return false;
  const difference = STRENGTH[child.operator] - STRENGTH[parent];
  return difference < 0 || (difference === 0 && againstTheGrain);
}
