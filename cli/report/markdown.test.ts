import { expect, test } from "vitest";
import { renderMarkdown } from "./markdown.ts";

const render = (markdown: string, columns = 40, color = false) =>
  renderMarkdown(markdown, { columns, color });

test("keeps the numbers of a list, its styles and the width", () => {
  expect(render("3. **Three** and `code` that goes on and on\n4. Four\n   - *nested* item\n")).toBe(
    "3. Three and `code` that goes on and on\n4. Four\n   - nested item\n",
  );
  expect(render("1. one\n\n   second paragraph\n\n2. two")).toBe(
    "1. one\n\n   second paragraph\n\n2. two\n",
  );
});

test("a table that is too wide becomes a list", () => {
  const table = "| n | what |\n|--:|---|\n| 1 | short |\n";
  expect(render(table)).toBe("n  what\n-  -----\n1  short\n");
  expect(render(table, 7)).toBe("n: 1\nwhat:\n  short\n");
});

test("wraps code further in, and comments as comments", () => {
  expect(render("```ts\n  // one two three\n  f(aaaaaa, bbbbbb);\n```", 16)).toBe(
    "// one two\n  // three\n  f(aaaaaa,\n      bbbbbb);\n",
  );
});

test("knows entities, links, breaks and no HTML", () => {
  expect(render("a &lt; b<br>c")).toBe("a < bc\n");
  expect(render("one  \ntwo")).toBe("one\ntwo\n");
  expect(render("[here](https://x.org) <https://y.org>")).toBe(
    "here (https://x.org) https://y.org\n",
  );
});

test("no escape sequence comes through, from the text or without colour", () => {
  const text = render("# T\n\n**b** *i* ~~d~~ `c` [l](http://x) \u001B[31mred\n\n> q\n\n---\n");
  expect(text).not.toContain("\u001B");
  expect(render("**b**", 40, true)).toContain("\u001B[1mb\u001B[22m");
});
