import { relative } from "node:path";
import type { Verification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { MARKS } from "./marks.ts";
import { createStyle, withoutControls } from "./style.ts";
import { wrap } from "./wrap.ts";

/** One kata's verification: a line when all is well, every finding when not. */
export function verificationText(result: Verification, ctx: CliContext): string {
  const style = createStyle(ctx.color);
  const { kata, findings, killed, properties, seconds } = result;
  const facts = `${properties.length} properties, ${Object.keys(killed).length} wrong answers, ${seconds} s`;
  if (findings.length === 0) return `${style.green(MARKS.good)} ${style.bold(kata)}  ${facts}\n`;
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const lines = [`${style.red(MARKS.bad)} ${style.bold(kata)}  ${count}; ${facts}`];
  for (const { check, file, line, message, fix } of findings) {
    lines.push(`  ${style.cyan(check)}  ${relative(ctx.cwd, file)}:${line}`);
    lines.push(
      wrap(withoutControls(message), ctx.columns, "    "),
      wrap(style.dim(fix), ctx.columns, "    "),
    );
  }
  return `${lines.join("\n")}\n`;
}
