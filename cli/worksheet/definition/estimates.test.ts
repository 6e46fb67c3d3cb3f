import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { formatQuantity } from "../quantity/format-quantity.ts";
import { type Overrides, assumptionValues } from "./assumption-values.ts";
import { computeEstimates, orderFormulas } from "./compute-estimates.ts";
import { loadSystem } from "./load-system.ts";
import type { System } from "./system.ts";

interface Row {
  readonly slug: string;
  readonly id: string;
  readonly ours: boolean;
  readonly formula: string;
  readonly kind: string;
  /** Value and display for the given assumptions, and under the override sets A and B. */
  readonly expected: readonly { readonly value: number; readonly display: string }[];
}

const { rows, overrides } = readTables(
  readFileSync(join(PACKAGE_ROOT, "cli/worksheet/definition/expected-estimates.md"), "utf8"),
);
const SLUGS = [...overrides.keys()];

test("the table holds the 66 estimates of five systems", () => {
  expect(rows.length).toBe(66);
  expect(SLUGS).toEqual(["url-shortener", "whatsapp", "twitter", "netflix", "uber"]);
});

describe.each(SLUGS)("%s", (slug) => {
  const system = loadSystem(PACKAGE_ROOT, slug);
  const results = [{}, ...(overrides.get(slug) ?? [])].map((set) =>
    computeEstimates(system, assumptionValues(system, set)),
  );
  const expectedRows = rows.filter((row) => row.slug === slug);

  test("has these estimates and no others", () => {
    expect(Object.keys(system.estimates)).toEqual(expectedRows.map(({ id }) => id));
  });

  test.each(expectedRows)("$id", ({ id, ours, formula, kind, expected }) => {
    const estimate = system.estimates[id];
    expect(estimate).toMatchObject({ formula, kind });
    expect(estimate?.source === "kata").toBe(ours);
    expect(expected.length).toBe(3);
    for (const [index, { value, display }] of expected.entries()) {
      const result = results[index]?.get(id) ?? Number.NaN;
      expect(Math.abs(result / value - 1)).toBeLessThan(5e-4);
      expect(formatQuantity(result, estimate?.kind ?? "count")).toBe(display);
    }
  });
});

describe("a definition is refused", () => {
  const system = loadSystem(PACKAGE_ROOT, "url-shortener");
  const withFormulas = (formulas: Record<string, string>): System => ({
    ...system,
    estimates: Object.fromEntries(
      Object.entries(formulas).map(([id, formula]) => [
        id,
        { ...system.estimates["records"], formula } as System["estimates"][string],
      ]),
    ),
  });
  const compute = (formulas: Record<string, string>): unknown =>
    computeEstimates(withFormulas(formulas), assumptionValues(system));

  test.each([
    [{ a: "readWriteRatio * day" }, /the result is a time, declared is a plain number/],
    [{ a: "b", b: "a" }, /go round in a circle: a -> b -> a/],
    [{ a: "a + 1" }, /go round in a circle: a -> a/],
    [{ a: "nobody" }, /no value "nobody"/],
    [{ a: "toString" }, /no value "toString"/],
  ])("with %o", (formulas, reason) => {
    expect(() => compute(formulas)).toThrow(reason);
  });

  test("formulas come after what they use", () => {
    const order = [...orderFormulas(withFormulas({ c: "b", b: "a", a: "alphabet" })).keys()];
    expect(order).toEqual(["a", "b", "c"]);
  });
});

function readTables(text: string): { rows: Row[]; overrides: Map<string, Overrides[]> } {
  const rows: Row[] = [];
  const overrides = new Map<string, Overrides[]>();
  let slug = "";
  for (const line of text.split("\n")) {
    const title = /^\*\*(.+?)\*\* A = `(.+?)`; B = `(.+?)`/.exec(line);
    if (title !== null) {
      slug = title[1] ?? "";
      overrides.set(slug, [readSet(title[2] ?? ""), readSet(title[3] ?? "")]);
    }
    const cells = line.split("|").map((cell) => cell.trim());
    const [, name = "", formula = "", kind = "", ...values] = cells;
    if (!formula.startsWith("`")) continue;
    const expected: { value: number; display: string }[] = [];
    for (const value of values.slice(0, 3)) {
      const [number = "", display = ""] = value.split(" = ");
      const given = expected[0];
      expected.push(value === "same" && given ? given : { value: Number(number), display });
    }
    const [id = "", mark] = name.split(" ");
    const ours = mark === "(k)";
    rows.push({ slug, id, ours, formula: formula.replaceAll("`", ""), kind, expected });
  }
  return { rows, overrides };
}

function readSet(text: string): Overrides {
  const pairs = text.matchAll(/--set (\w+)=(\S+)/g);
  return Object.fromEntries([...pairs].map(([, name, value]) => [name, value]));
}
