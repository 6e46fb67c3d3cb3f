import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chapterPage } from "../catalog/paths.ts";
import { parseStatement, STATEMENT_HEADINGS, type Statement } from "../catalog/statement.ts";
import { valueExports } from "../catalog/stub-exports.ts";
import type { Kata } from "../model/kata.ts";
import { lineOf, type Finding } from "./finding.ts";
import { readTags } from "./wrong-answer-tags.ts";

const FEWEST_WRONGS = 5;
const FEWEST_HINTS = 3;

/** What can be seen without running anything: files, statement, stub and tags. */
export function checkFiles(kata: Kata, root: string): Finding[] {
  return [
    ...checkPresence(kata, root),
    ...(existsSync(kata.paths.statement) ? checkStatement(kata) : []),
    ...(existsSync(kata.paths.stub) ? checkStub(kata) : []),
    ...checkTags(kata),
  ];
}

function checkPresence(kata: Kata, root: string): Finding[] {
  const { paths } = kata;
  const { manifest, statement, stub, reference, notes, spec, bench } = paths;
  const required = [manifest, statement, stub, reference, notes, spec, bench];
  const findings: Finding[] = required
    .filter((file) => !existsSync(file))
    .map((file) => ({ check: "files", file, line: 1, message: "is missing", fix: "Write it." }));
  const page = chapterPage(root, kata.chapter);
  if (!existsSync(page)) {
    const message = "the chapter has no page";
    findings.push({ check: "files", file: page, line: 1, message, fix: "Write it." });
  }
  const expected: [string, readonly string[]][] = [
    [paths.kataDir, ["README.md", "kata.json", "stub.ts"]],
    [paths.solutionDir, ["NOTES.md", "alt", "solution.ts", "wrong"]],
  ];
  for (const [dir, names] of expected) {
    if (!existsSync(dir)) continue;
    for (const name of readdirSync(dir).filter((entry) => !names.includes(entry))) {
      const message = "does not belong to a kata";
      findings.push({ check: "files", file: join(dir, name), line: 1, message, fix: "Remove it." });
    }
  }
  if (kata.wrongs.length < FEWEST_WRONGS) {
    const message = `${kata.wrongs.length} wrong answers, at least ${FEWEST_WRONGS} are needed`;
    findings.push({
      check: "files",
      file: paths.wrongDir,
      line: 1,
      message,
      fix: "Add wrong answers.",
    });
  }
  if (kata.alternatives.length === 0) {
    const fix = "Add another correct design: it keeps the spec from judging a design.";
    findings.push({ check: "files", file: paths.altDir, line: 1, message: "no alternative", fix });
  }
  return findings;
}

function checkStatement({ paths: { statement: file, stub } }: Kata): Finding[] {
  const statement: Statement = parseStatement(readFileSync(file, "utf8"));
  const findings: Finding[] = [];
  const add = (line: number, message: string, fix: string): void => {
    findings.push({ check: "statement", file, line, message, fix });
  };
  const found = statement.headings.map(({ text }) => text).join(", ");
  if (found !== STATEMENT_HEADINGS.join(", ")) {
    add(
      1,
      `its headings are ${found || "missing"}`,
      `Write them as ${STATEMENT_HEADINGS.join(", ")}.`,
    );
  }
  [...statement.rules].forEach(([number, { line }], index) => {
    if (number !== index + 1)
      add(line, `rule ${number} stands at place ${index + 1}`, "Number the rules 1, 2, 3….");
  });
  if (statement.rules.size === 0) add(1, "has no rules", "Number them 1. 2. 3. under ## Contract.");
  if (statement.hints.length < FEWEST_HINTS) {
    add(
      1,
      `${statement.hints.length} hints, at least ${FEWEST_HINTS} are needed`,
      "Add <details> under ## Hints.",
    );
  }
  if (existsSync(stub)) {
    const code = readFileSync(stub, "utf8").trim();
    if (statement.interface?.code.trim() !== code) {
      const line = statement.interface?.line ?? 1;
      add(line, "the Interface block differs from stub.ts", "Copy it: npm run docs");
    }
  }
  return findings;
}

function checkStub({ paths: { stub: file } }: Kata): Finding[] {
  const source = readFileSync(file, "utf8");
  const findings: Finding[] = [];
  if (valueExports(source).length === 0) {
    const fix = "Export the class or function that a candidate writes.";
    findings.push({ check: "stub", file, line: 1, message: "exports no value", fix });
  }
  if (!source.includes('throw new Error("unimplemented: ')) {
    const fix = 'Let each body be: throw new Error("unimplemented: Name.method")';
    findings.push({ check: "stub", file, line: 1, message: "does not throw unimplemented", fix });
  }
  if (/^[ \t]*(private|protected)\s|^[ \t]*#\w/m.test(source)) {
    const fix = "Keep public members only: a private one makes every attempt fail the type check.";
    findings.push({
      check: "stub",
      file,
      line: lineOf(source, "private"),
      message: "has private members",
      fix,
    });
  }
  return findings;
}

function checkTags({ wrongs, alternatives }: Kata): Finding[] {
  const findings: Finding[] = [];
  for (const { file } of wrongs) {
    const { bug, killedBy } = readTags(readFileSync(file, "utf8"));
    if (bug === undefined || killedBy.length === 0) {
      const fix = "Begin it with /** @bug one sentence, then @killedBy property-id */";
      findings.push({ check: "tags", file, line: 1, message: "lacks @bug or @killedBy", fix });
    }
  }
  for (const { file } of alternatives) {
    if (readTags(readFileSync(file, "utf8")).design !== undefined) continue;
    const fix = "Begin it with /** @design one sentence */";
    findings.push({ check: "tags", file, line: 1, message: "lacks @design", fix });
  }
  return findings;
}
