import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { parseSource, sourceFiles, visit } from "./list-messages.ts";

/** Where English is no message. */
const OTHER = [
  // Tables, said where they are shown, and what is said before there is a language.
  /^cli\/(command-table|messages)\//,
  // Pages, whose English stands in templates/ as well.
  /^cli\/report\/(page|chart|story)\/|-html\.ts$/,
  /^cli\/worksheet\/(page|drawing)\//,
  // Files that are written: worksheets, calendars, packs, documents.
  /^cli\/worksheet\/(render\/|document\/slots)/,
  /^cli\/(plan\/plan-calendar|packs\/new-pack|workspace\/attempt|docs\/generated-parts|demo)\.ts$/,
  // Words by which a worksheet's prose and operations are recognised.
  /^cli\/worksheet\/(prose\/|grading\/api\/parse-operations|quantity\/units)/,
  // Scripts of shells.
  /^cli\/completion\/shell-scripts\.ts$/,
];
/** What is read, or typed, by its English. */
const READ = ["What interviewers ask next", "<--- Last few GCs --->", "npm run docs"];
const SENTENCE = /[a-z]{2,} [a-z]+ [a-z]{2,}/i;

test("what the CLI says is said", () => {
  const files = sourceFiles(PACKAGE_ROOT).filter(
    (file) => file.startsWith("cli/") && !OTHER.some((pattern) => pattern.test(file)),
  );
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap((file) => rawSentences(file))).toEqual([]);
});

test("and would be found if it were not", () => {
  const found = (code: string): string[] => rawSentencesIn("x.ts", code);
  expect(found('print("You have no attempt.");')).toEqual(["x.ts: You have no attempt."]);
  expect(found("print(`There is ${n} of them left`);")).toEqual(["x.ts:  of them left"]);
  expect(found('print(say`You have ${n ? "none at all" : ""} left.`);')).toEqual([
    "x.ts: none at all",
  ]);
  expect(
    found('print(say`You have no attempt.`, sayCount(n, "{n} of us here", "{n} of us all"));'),
  ).toEqual([]);
});

function rawSentences(file: string): string[] {
  return rawSentencesIn(file, readFileSync(join(PACKAGE_ROOT, file), "utf8"));
}

function rawSentencesIn(file: string, source: string): string[] {
  const said = new Set<unknown>();
  const raw: string[] = [];
  visit(parseSource(file, source), (node) => {
    if (node.type === "TaggedTemplateExpression")
      for (const part of node.quasi.quasis) said.add(part);
    const isSaid =
      (node.type === "CallExpression" || node.type === "NewExpression") &&
      node.callee.type === "Identifier" &&
      ["sayCount", "Error"].includes(node.callee.name);
    if (isSaid) for (const part of node.arguments) said.add(part);
    const text =
      node.type === "TemplateElement"
        ? node.value.cooked
        : node.type === "Literal"
          ? node.value
          : undefined;
    if (
      typeof text === "string" &&
      !said.has(node) &&
      SENTENCE.test(text) &&
      !READ.includes(text)
    ) {
      raw.push(`${file}: ${text}`);
    }
  });
  return raw;
}
