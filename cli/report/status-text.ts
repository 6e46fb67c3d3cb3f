import { say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import type { NextKata } from "../loop/next-kata.ts";
import { isPlain } from "./marks.ts";
import { createStyle } from "./style.ts";
import { wrap } from "./wrap.ts";

export interface Status {
  readonly katas: number;
  readonly passed: number;
  readonly begun: readonly { readonly slug: string; readonly best: number }[];
  /** Katas to do again from a blank stub. */
  readonly due: readonly string[];
  readonly next: NextKata | null;
}

const BAR = 20;

/** Where the user stands, in a few lines. */
export function statusText(
  { katas, passed, begun, due, next }: Status,
  ctx: Pick<CliContext, "columns" | "color">,
): string {
  const style = createStyle(ctx.color);
  const filled = katas === 0 ? 0 : Math.round((BAR * passed) / katas);
  const bar = `[${"#".repeat(filled)}${".".repeat(BAR - filled)}]`;
  const lines = [`${isPlain() ? "" : `${bar} `}${say`${passed} of ${katas} katas passed`}`];
  if (begun.length > 0) {
    const list = begun.map(({ slug, best }) => say`${slug} (${best} points)`).join(", ");
    lines.push(wrap(say`Begun: ${list}`, ctx.columns, "", "  "));
  }
  if (due.length > 0) {
    lines.push(wrap(say`Due again: ${due.join(", ")} (kata drill)`, ctx.columns, "", "  "));
  }
  lines.push(
    next === null
      ? say`Every kata is passed. Write one: kata new <slug>`
      : say`Next: ${style.bold(nextCommand(next))}`,
  );
  return `${lines.join("\n")}\n`;
}

/** What to type to go on. */
export function nextCommand({ slug, verb }: NextKata): string {
  return verb === "grade" ? `kata watch ${slug}` : `kata start ${slug}`;
}
