import { expect, test } from "vitest";
import { parseStatement } from "./statement.ts";
import { valueExports } from "./stub-exports.ts";

const PAGE = `# Title

## Interface

\`\`\`ts
export class A {}
# not a heading
\`\`\`

## Contract

1. **First.** One line
   and another.
2. Second.

   Its second paragraph.

Not a rule.

## Hints

<details>
<summary>Hint 1</summary>

Think.

</details>

## Follow-ups

- Why?
- How does it grow
  when it is full?
`;

test("a statement is read as data", () => {
  const { title, headings, rules, hints, followUps, interface: block } = parseStatement(PAGE);
  expect(title).toBe("Title");
  expect(headings.map(({ text, line }) => [text, line])).toEqual([
    ["Interface", 3],
    ["Contract", 10],
    ["Hints", 20],
    ["Follow-ups", 29],
  ]);
  expect([...rules]).toEqual([
    [1, { text: "**First.** One line and another.", line: 12 }],
    [2, { text: "Second. Its second paragraph.", line: 14 }],
  ]);
  expect(hints).toEqual(["Think."]);
  expect(followUps).toEqual(["Why?", "How does it grow when it is full?"]);
  expect(block).toEqual({ code: "export class A {}\n# not a heading", line: 6 });
});

test("a stub's values are its classes, functions and constants", () => {
  const source = `export interface I {}
export type T = 1;
export class A {}
export abstract class B {}
export function f() {}
export async function g() {}
export const c = 1;
class Hidden {}
`;
  expect(valueExports(source)).toEqual(["A", "B", "f", "g", "c"]);
});
