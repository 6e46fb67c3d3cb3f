import { say, sayCount } from "../../graders/reading.ts";
import type { Verification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { findingLines } from "./finding-lines.ts";
import { MARKS } from "./marks.ts";
import { createStyle } from "./style.ts";
import { wrap } from "./wrap.ts";

/** One kata's verification: a line when all is well, every finding when not; waivers in any case. */
export function verificationText(result: Verification, isCached: boolean, ctx: CliContext): string {
  const style = createStyle(ctx.color);
  const { kata, findings, waived, matrix, properties, seconds } = result;
  const time = isCached ? say`proved before` : `${seconds} s`;
  const facts = say`${properties.length} properties, ${Object.keys(matrix).length} wrong answers, ${time}`;
  const count = sayCount(findings.length, "{n} finding", "{n} findings");
  const lines = [
    findings.length === 0
      ? `${style.green(MARKS.good)} ${style.bold(kata)}  ${facts}`
      : `${style.red(MARKS.bad)} ${style.bold(kata)}  ${count}; ${facts}`,
    ...findings.flatMap((finding) => findingLines(finding, ctx)),
    ...waived.map(({ finding, reason }) => {
      const about = finding.about === undefined ? "" : ` (${finding.about})`;
      return wrap(style.dim(say`waived: ${finding.check}${about}: ${reason}`), ctx.columns, "  ");
    }),
  ];
  return `${lines.join("\n")}\n`;
}
