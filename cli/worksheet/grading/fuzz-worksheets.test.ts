import fc from "fast-check";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { findSystems } from "../definition/find-systems.ts";
import { loadSystem } from "../definition/load-system.ts";
import { createVariant } from "../definition/variant.ts";
import { parseWorksheet } from "../document/parse-worksheet.ts";
import { MAX_WORKSHEET_BYTES } from "../document/slots.ts";
import { renderMarkdown } from "../render/render-markdown.ts";
import { worksheetText } from "../report/worksheet-text.ts";
import { gradeWorksheet } from "./grade-worksheet.ts";
import type { Score } from "./worksheet-report.ts";

/**
 * Mutated worksheets: a report, never a crash and never a hang. `npm run fuzz:worksheets` does 10 000;
 * here are a few of them.
 */
const RUNS = Number(process.env["KATA_FUZZ_RUNS"] ?? 200);
/** Of processor time, so that a busy machine fails nothing: ten times the slowest, far below a hang. */
const PATIENCE_MS = 5000;

function spentMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

const SYSTEMS = [...findSystems(PACKAGE_ROOT).keys()].map((slug) => loadSystem(PACKAGE_ROOT, slug));
const TEXTS = SYSTEMS.flatMap((system) =>
  (["answers", "candidate"] as const).map((audience) => {
    const variant = createVariant(system);
    const text = renderMarkdown({ variant, audience, prefix: "decimal", hints: false, katas: [] });
    return { system, text };
  }),
);

/** Pieces that mean something to one of the parsers. */
const PIECES = [
  ..."| ` ``` ```` ~~~ --- <!-- --> <!--slot:api--> | --- | --> -.-> ==> <--> --- & ; : ::: subgraph end".split(
    " ",
  ),
  ..."flowchart erDiagram CREATE TABLE a ( ) [ ] [[ ]] [( )] { } {{ }} > \" ' PRIMARY KEY , pk fk index".split(
    " ",
  ),
  ..."GET POST /v1/{id}?cursor= rpc mutation ws -> 201 boolean userID redirect 35 GB/day 1e400 NaN -5 MB".split(
    " ",
  ),
  ..."dau * day / ^ min( 999999999999 1B % ~ no cache because instead of replica single point".split(
    " ",
  ),
  "\u0000",
  "\u001B[31m",
  "\uFEFF",
  "\u2028",
  "𝒳",
  "\uD800",
  "constructor",
  "__proto__",
  "- x\n  - y\n",
  "A-->B\n",
  "<!-- slot: diagram -->\n\n```mermaid\n",
];

type Mutation = (lines: string[]) => string[];

const at = fc.nat(400);
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((all) => all.join(" ")),
  },
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  at.map(
    (i): Mutation =>
      (lines) =>
        lines.toSpliced(i % lines.length, 1),
  ),
  fc.tuple(at, fc.nat(20)).map(
    ([i, n]): Mutation =>
      (lines) =>
        lines.toSpliced(i % lines.length, n),
  ),
  fc.tuple(at, at).map(
    ([i, j]): Mutation =>
      (lines) =>
        lines.toSpliced(j % lines.length, 0, lines[i % lines.length] ?? ""),
  ),
  fc.tuple(at, piece).map(
    ([i, text]): Mutation =>
      (lines) =>
        lines.toSpliced(i % lines.length, 0, text),
  ),
  fc.tuple(at, fc.nat(60), fc.nat(6), piece).map(([i, from, n, text]): Mutation => (lines) => {
    const line = lines[i % lines.length] ?? "";
    return lines.with(i % lines.length, line.slice(0, from) + text + line.slice(from + n));
  }),
  fc.tuple(at, fc.nat(6), piece).map(([i, cell, text]): Mutation => (lines) => {
    const cells = (lines[i % lines.length] ?? "").split("|");
    return lines.with(i % lines.length, cells.with(cell % cells.length, text).join("|"));
  }),
  fc.tuple(at, piece, fc.nat(3000)).map(
    ([i, text, n]): Mutation =>
      (lines) =>
        lines.toSpliced(i % lines.length, 0, text.repeat(n)),
  ),
  at.map(
    (i): Mutation =>
      (lines) =>
        lines.slice(0, 1 + (i % lines.length)),
  ),
  fc.constant<Mutation>((lines) => lines.toReversed()),
);

const worksheet = fc
  .tuple(fc.nat(TEXTS.length - 1), fc.array(mutation, { minLength: 1, maxLength: 12 }))
  .map(([index, mutations]) => {
    const { system, text } = TEXTS[index] ?? { system: SYSTEMS[0], text: "" };
    const lines = mutations.reduce(
      (all, mutate) => (all.length === 0 ? [""] : mutate(all)),
      text.split("\n"),
    );
    return { system, text: lines.join("\n") };
  });

test(`${RUNS} mutated worksheets: a report each`, { timeout: 60_000 + RUNS * 200 }, () => {
  fc.assert(
    fc.property(worksheet, ({ system, text }) => {
      if (system === undefined) throw new Error("no system");
      const start = process.cpuUsage();
      const sheet = parseWorksheet(text);
      const report = gradeWorksheet(system, sheet, { hints: true, threshold: 60 });
      const shown = worksheetText(report, "w.md", { columns: 80, color: false });
      expect(spentMs(start)).toBeLessThan(PATIENCE_MS);

      const { computed, matched, estimates, diagram, api, dataModel, hints } = report;
      for (const score of [computed, matched, estimates, diagram, api, dataModel, hints]) {
        expectWithin(score);
      }
      const lines = text.split(/\r\n|\r|\n/).length;
      for (const { line } of [...report.problems, ...report.remarks, ...diagram.unreadable]) {
        expect(line >= 1 && line <= lines).toBe(true);
      }
      // oxlint-disable-next-line no-control-regex -- what must not reach a terminal
      expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
      expect(JSON.parse(JSON.stringify(report))).toHaveProperty("schemaVersion", 1);
    }),
    {
      numRuns: RUNS,
      ...(process.env["KATA_FUZZ_SEED"] === undefined
        ? {}
        : { seed: Number(process.env["KATA_FUZZ_SEED"]) }),
    },
  );
});

function expectWithin(score: Score | null): void {
  if (score === null) return;
  expect(score.points >= 0 && score.points <= score.of).toBe(true);
}

test("more than 1 MB is refused, not read", () => {
  const [{ system, text } = { system: undefined, text: "" }] = TEXTS;
  const { problems, rows, front } = parseWorksheet(text + " ".repeat(MAX_WORKSHEET_BYTES));
  expect(problems).toEqual([
    { line: 1, severity: "error", message: "the file is larger than 1 MB" },
  ]);
  expect([rows.size, front, system === undefined]).toEqual([0, undefined, false]);
});

/** What made a parser slow once, or could: 0.99 MB of one piece, in every slot and outside. */
test.each([
  "```\n",
  "~~~\n````\n",
  "---|",
  "| `a` | b |\n",
  "(",
  "a{\n",
  "A-->B\n",
  "subgraph a\n",
  'A["',
  "GET /a",
  "_a",
  "|a|b|\n",
  "- cache because kafka\n",
  "create table a (",
])("a megabyte of %j ends soon", (text) => {
  const system = SYSTEMS.find(({ slug }) => slug === "twitter");
  if (system === undefined) throw new Error("no twitter");
  const body = text.repeat(Math.floor(990_000 / text.length));
  const front = "---\nkata-worksheet: 1\nsystem: twitter\nversion: 1\n---\n";
  const slots = ["requirements", "dataModel", "api", "diagram", "decisions", "bottlenecks"];
  for (const sheet of [
    body,
    ...slots.map((id) => `<!-- slot: ${id} -->\n\n\`\`\`text\n${body}\n`),
  ]) {
    const start = process.cpuUsage();
    const report = gradeWorksheet(system, parseWorksheet(front + sheet), {
      hints: true,
      threshold: 60,
    });
    expect(spentMs(start)).toBeLessThan(PATIENCE_MS);
    expectWithin(report.computed);
  }
});
