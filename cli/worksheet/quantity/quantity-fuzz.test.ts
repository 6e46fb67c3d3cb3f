import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateFormula } from "../formula/evaluate-formula.ts";
import { FormulaError } from "../formula/formula-error.ts";
import { parseFormula } from "../formula/parse-formula.ts";
import { printFormula } from "../formula/print-formula.ts";
import { KINDS } from "./dimension.ts";
import { formatQuantity } from "./format-quantity.ts";
import { parseQuantity } from "./parse-quantity.ts";

const SETTINGS = { numRuns: 3000, seed: 20260101 };
const kinds = fc.constantFrom(...KINDS);
const pieces = fc.array(
  fc.constantFrom(
    "12",
    "1.5",
    "1e9",
    "-",
    "~",
    "K",
    "M",
    "B",
    "GB",
    "GiB",
    "Mb",
    "/",
    "/s",
    "per",
    "day",
    " ",
    "%",
    "req",
    "foo",
    "m",
    ",",
    "_",
    "(",
    ")",
    "+",
    "*",
    "^",
    "dau",
    "min",
    "second",
    "\n",
    "|",
  ),
  { maxLength: 12 },
);
const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  pieces.map((all) => all.join("")),
);

test("any text is a finite amount or a reason", () => {
  fc.assert(
    fc.property(texts, kinds, (text, kind) => {
      const read = parseQuantity(text, kind);
      if (read.ok) expect(Number.isFinite(read.value) && read.value >= 0).toBe(true);
      else expect(read.reason.length).toBeGreaterThan(3);
    }),
    SETTINGS,
  );
});

test("what is printed is read back, to three digits", () => {
  const values = fc.double({ min: 1e-3, max: 1e20, noNaN: true });
  fc.assert(
    fc.property(values, kinds, fc.constantFrom("decimal", "binary"), (value, kind, prefix) => {
      const text = formatQuantity(value, kind, prefix);
      const read = parseQuantity(text, kind);
      expect(read).toMatchObject({ ok: true });
      expect(Math.abs((read.ok ? read.value : 0) / value - 1)).toBeLessThan(0.0051);
    }),
    SETTINGS,
  );
});

test("any text is a formula or a reason", () => {
  fc.assert(
    fc.property(texts, (text) => {
      try {
        evaluateFormula(parseFormula(text), () => ({ value: 2, bytes: 1, seconds: 0 }));
      } catch (error) {
        expect(error).toBeInstanceOf(FormulaError);
      }
    }),
    SETTINGS,
  );
});

/** Formulas over plain numbers, as text with every parenthesis. */
const { formula } = fc.letrec<{ formula: string }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 1, max: 9 }).map(String),
    fc
      .tuple(tie("formula"), fc.constantFrom("+", "-", "*", "/"), tie("formula"))
      .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
  ),
}));

test("a formula that is printed without needless parentheses means the same", () => {
  fc.assert(
    fc.property(
      formula.filter((text) => text.length <= 200),
      (text) => {
        const printed = printFormula(parseFormula(text).root, (name) => name).replaceAll("×", "*");
        expect(printed.length).toBeLessThanOrEqual(text.length);
        expect(outcome(printed)).toEqual(outcome(text));
      },
    ),
    SETTINGS,
  );
});

function outcome(text: string): number | string {
  try {
    return evaluateFormula(parseFormula(text), () => undefined).value;
  } catch (error) {
    return (error as Error).message;
  }
}
