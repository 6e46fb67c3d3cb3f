import { describe, expect, test } from "vitest";
import type { Quantity } from "../quantity/dimension.ts";
import { evaluateFormula } from "./evaluate-formula.ts";
import { FormulaError } from "./formula-error.ts";
import { parseFormula } from "./parse-formula.ts";

const VALUES: ReadonlyMap<string, Quantity> = new Map([
  ["dau", { value: 2e8, bytes: 0, seconds: 0 }],
  ["storage", { value: 6e12, bytes: 1, seconds: 0 }],
  ["writeRps", { value: 40, bytes: 0, seconds: -1 }],
]);

function compute(text: string): Quantity {
  return evaluateFormula(parseFormula(text), (name) => VALUES.get(name));
}

describe("what can be computed", () => {
  test.each([
    ["2 + 3 * 4", 14],
    ["(2 + 3) * 4", 20],
    ["2 - 3 - 4", -5],
    ["100 / 10 / 5", 2],
    ["2 ^ 3 ^ 2", 512],
    ["min(3, 1, 2)", 1],
    ["max(3, 1)", 3],
    ["ceil(1.2) + floor(1.8) + round(1.5)", 5],
    ["sqrt(16)", 4],
    ["log10(1000)", 3],
    ["ln(1)", 0],
    ["1.5e3", 1500],
    ["day / second", 86_400],
    ["year / day", 365],
    ["month / day", 30],
  ])("%s", (text, value) => {
    expect(compute(text)).toEqual({ value, bytes: 0, seconds: 0 });
  });

  test("dimensions follow the arithmetic", () => {
    expect(compute("storage * writeRps")).toMatchObject({ bytes: 1, seconds: -1 });
    expect(compute("storage / writeRps")).toMatchObject({ bytes: 1, seconds: 1 });
    expect(compute("storage / storage")).toMatchObject({ value: 1, bytes: 0, seconds: 0 });
    expect(compute("storage * storage")).toMatchObject({ bytes: 2, seconds: 0 });
    expect(compute("max(storage, storage * 2)")).toMatchObject({ value: 1.2e13, bytes: 1 });
  });

  test("names it uses, each once", () => {
    expect(parseFormula("dau * day + dau / second").names).toEqual(["dau", "day", "second"]);
  });
});

describe("what is refused", () => {
  test.each([
    ["", /empty/],
    ["   ", /empty/],
    ["constructor", /no value "constructor"/],
    ["__proto__", /"_" has no meaning/],
    ["toString(1)", /no function "toString"/],
    ["a.b", /"\." has no meaning/],
    ["x = 1", /"=" has no meaning/],
    ['"s"', /has no meaning/],
    ["2 ** 3", /"\*" is not expected/],
    ["-3", /"-" is not expected/],
    ["dau(1)", /no function "dau"/],
    ["min(dau)", /two numbers or more/],
    ["sqrt(1, 2)", /one number/],
    ["(dau", /a "\)" is missing/],
    ["dau)", /"\)" is not expected/],
    ["dau dau", /"dau" is not expected/],
    ["dau *", /ends too early/],
    ["1.2.3", /"\." has no meaning/],
    ["storage + writeRps", /needs two of one kind/],
    ["min(dau, storage)", /needs two of one kind/],
    ["storage ^ 0.5", /needs a plain number/],
    ["2 ^ day", /needs a plain number/],
    ["sqrt(storage)", /needs a plain number/],
    ["1e999 * dau", /not a finite number/],
    ["dau / 0", /not a finite number/],
    ["sqrt(1 - 2)", /not a finite number/],
    [`1${" + 1".repeat(50)}`, /longer than 200/],
    [`${"(".repeat(40)}1${")".repeat(40)}`, /nested deeper than 32/],
    [`2${"^2".repeat(40)}`, /nested deeper than 32/],
  ])("%s", (text, reason) => {
    expect(() => compute(text)).toThrow(FormulaError);
    expect(() => compute(text)).toThrow(reason);
  });
});
