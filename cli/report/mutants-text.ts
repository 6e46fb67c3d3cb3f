import { relative } from "node:path";
import { say } from "../../graders/reading.ts";
import type { MutantVerification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { findingLines } from "./finding-lines.ts";
import { layTable } from "./lay-table.ts";
import { MARKS } from "./marks.ts";
import { createStyle } from "./style.ts";
import { wrap } from "./wrap.ts";

/** What a spec lets pass: each surviving change as a diff, then the findings and the score. */
export function mutantsText(
  { kata, mutants, findings, ...result }: MutantVerification,
  reference: string,
  ctx: CliContext,
): string {
  const style = createStyle(ctx.color);
  const { red, green, dim, cyan, bold } = style;
  const lines: string[] = [];
  for (const { id, fate, mutator, line, before, after, coveredBy } of mutants) {
    if (fate !== "survived" && fate !== "uncovered") continue;
    lines.push(`  ${cyan(id)}  ${relative(ctx.cwd, reference)}:${line}  ${dim(mutator)}`);
    lines.push(...before.map((text) => red(`    - ${text}`)));
    lines.push(...after.map((text) => green(`    + ${text}`)));
    const reached = say`holds with it: ${coveredBy.join(", ")}`;
    const known = fate === "survived" ? reached : say`no property reaches it`;
    lines.push(wrap(dim(known), ctx.columns, "    "));
  }
  lines.push(...findings.flatMap((finding) => findingLines(finding, ctx)));
  const isGood = findings.length === 0;
  const mark = isGood ? green(MARKS.good) : red(MARKS.bad);
  const { score, killed, timedOut, survived, equivalent, seconds, cached } = result;
  const counts = say`${killed} killed, ${timedOut} timed out, ${survived} survived, ${equivalent} equivalent`;
  const time = cached ? say`as before` : `${seconds} s`;
  const head = `${mark} ${bold(kata)}  ${say`${score} % of ${mutants.length - equivalent} mutants: ${counts}; ${time}`}`;
  return `${[wrap(head, ctx.columns, "", "  "), ...lines].join("\n")}\n`;
}

/** All katas side by side. */
export function mutantsTable(results: readonly MutantVerification[], ctx: CliContext): string {
  const head = [
    say`kata`,
    say`mutants`,
    say`killed`,
    say`timeout`,
    say`survived`,
    say`equivalent`,
    say`score`,
    "s",
  ];
  const rows = results.map(({ kata, mutants, score, ...result }) => [
    kata,
    ...[mutants.length, result.killed, result.timedOut, result.survived, result.equivalent].map(
      String,
    ),
    `${score} %`,
    result.seconds.toFixed(1),
  ]);
  const align = head.map((_, column) => (column === 0 ? "left" : "right"));
  return `\n${layTable([head, ...rows], align, ctx.columns, createStyle(ctx.color))}\n`;
}
