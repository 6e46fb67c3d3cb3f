import type { Verification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { findingLines } from "./finding-lines.ts";
import { MARKS } from "./marks.ts";
import { createStyle } from "./style.ts";

/** One kata's verification: a line when all is well, every finding when not. */
export function verificationText(result: Verification, ctx: CliContext): string {
  const style = createStyle(ctx.color);
  const { kata, findings, killed, properties, seconds } = result;
  const facts = `${properties.length} properties, ${Object.keys(killed).length} wrong answers, ${seconds} s`;
  if (findings.length === 0) return `${style.green(MARKS.good)} ${style.bold(kata)}  ${facts}\n`;
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const lines = [`${style.red(MARKS.bad)} ${style.bold(kata)}  ${count}; ${facts}`];
  lines.push(...findings.flatMap((finding) => findingLines(finding, ctx)));
  return `${lines.join("\n")}\n`;
}
