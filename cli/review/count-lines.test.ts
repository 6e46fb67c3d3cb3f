import { expect, test } from "vitest";
import { countLines } from "./count-lines.ts";

test.each([
  ["nothing", "", 0],
  ["code and blank lines", "a();\n\n  \nb();\n", 2],
  ["line comments", "// why\na(); // and what\n  // more", 1],
  ["a block over lines", "/*\n * a\n */\na();", 1],
  ["code behind a block", "/* a */ b();\n/** c\n d */ e();", 2],
  ["two blocks in a line", "/* a */ /* b */\nc();", 1],
  ["Windows line ends", "a();\r\n\r\n// b\r\nc();\r\n", 2],
])("%s", (_, source, lines) => {
  expect(countLines(source)).toBe(lines);
});
