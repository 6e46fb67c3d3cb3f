import { relative } from "node:path";
import type { Verification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { createStyle, withoutControls } from "./style.ts";
import { wrap } from "./wrap.ts";

/** A fault of a kata: which check, where, what, and what to do. */
export function findingLines(
  { check, file, line, message, fix }: Verification["findings"][number],
  ctx: CliContext,
): string[] {
  const style = createStyle(ctx.color);
  return [
    `  ${style.cyan(check)}  ${relative(ctx.cwd, file)}:${line}`,
    wrap(withoutControls(message), ctx.columns, "    "),
    wrap(style.dim(fix), ctx.columns, "    "),
  ];
}
