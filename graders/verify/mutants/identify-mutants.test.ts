import { expect, test } from "vitest";
import { type Change, identifyMutants } from "./identify-mutants.ts";

const SOURCE = `export class Counter {
  #count = 0;

  up(): void {
    this.#count += 1;
  }

  down(): void {
    this.#count += 1;
  }

  twice(): void {
    this.#count += 1; this.#count += 1;
  }
}
`;

/** The change of each `+=` to `-=`, wherever the text has one. */
function changesIn(source: string): Change[] {
  const lines = source.split("\n");
  return lines.flatMap((text, line) =>
    [...text.matchAll(/this\.#count \+= 1/g)].map(({ index, 0: match }, at) => ({
      number: `${line}-${at}`,
      mutator: "AssignmentOperator",
      replacement: "this.#count -= 1",
      start: { line, column: index },
      end: { line, column: index + match.length },
    })),
  );
}

const idsOf = (source: string): string[] =>
  identifyMutants(source, changesIn(source)).map(({ id }) => id);

test("equal changes have ids of their own, in different places and in one line", () => {
  const ids = idsOf(SOURCE);
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
});

test("an id outlives edits elsewhere, other indentation and new mutants before it", () => {
  const before = idsOf(SOURCE);
  const edited = SOURCE.replace("  #count = 0;", "  #count = 0;\n\n  #name = 'x';").replace(
    "  up(): void {",
    "  first(): void {\n    this.#count += 1;\n  }\n\n  up(): void {",
  );
  const [, ...after] = idsOf(edited);
  expect(after).toEqual(before);
  expect(idsOf(SOURCE.replaceAll("  ", "    "))).toEqual(before);
});

test("an id ends when the code around the change becomes another", () => {
  const before = idsOf(SOURCE);
  const after = idsOf(SOURCE.replace("  down(): void {", "  down(by: number): void {"));
  expect(after.map((id, i) => id === before[i])).toEqual([true, false, true, true]);
});

test("a mutant tells its line and shows the line before and after", () => {
  expect(identifyMutants(SOURCE, changesIn(SOURCE))[3]).toMatchObject({
    line: 13,
    before: ["this.#count += 1; this.#count += 1;"],
    after: ["this.#count += 1; this.#count -= 1;"],
  });
});

test("a change over many lines is shown in part", () => {
  const body = ["{", ...Array.from({ length: 9 }, (_, i) => `    step(${i});`), "  }"];
  const source = `class A {\n  run() ${body.join("\n")}\n}\n`;
  const change: Change = {
    number: "0",
    mutator: "BlockStatement",
    replacement: "{}",
    start: { line: 1, column: 8 },
    end: { line: 11, column: 3 },
  };
  const [mutant] = identifyMutants(source, [change]);
  expect(mutant?.before).toEqual(["run() {", ...[0, 1, 2, 3].map((i) => `  step(${i});`), "…"]);
  expect(mutant?.after).toEqual(["run() {}"]);
});
