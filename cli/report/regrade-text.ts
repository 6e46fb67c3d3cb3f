import type { Regraded } from "../history/regrade-attempts.ts";
import type { CliContext } from "../context.ts";
import { MARKS } from "./marks.ts";
import { createStyle, withoutControls } from "./style.ts";
import { wrap } from "./wrap.ts";

/** One attempt that was graded again: what it is worth now, and what it was worth before. */
export function regradeLine(
  { kata, before, after, problem, isWorse }: Regraded,
  { columns, color }: Pick<CliContext, "columns" | "color">,
): string {
  const style = createStyle(color);
  const mark = isWorse ? style.red(MARKS.bad) : after === undefined ? MARKS.warning : MARKS.good;
  const now =
    after === undefined
      ? `not graded: ${withoutControls(problem ?? "")}`
      : `${after.reason ?? after.verdict}, ${after.points} points`;
  const isSame = before?.points === after?.points && before?.verdict === after?.verdict;
  const then =
    before === undefined
      ? "never graded whole before"
      : isSame
        ? "as before"
        : `before ${before.reason ?? before.verdict}, ${before.points} points`;
  const spec = after === undefined || before?.specHash === after.specHash ? "" : ", a newer spec";
  return `${wrap(`${kata}: ${now} (${then}${spec})`, columns, `${mark} `, "  ")}\n`;
}

/** How many were graded again, and what to look at. */
export function regradeSummary(
  done: readonly Regraded[],
  { columns }: Pick<CliContext, "columns">,
): string {
  const worse = done.filter(({ isWorse }) => isWorse).map(({ kata }) => kata);
  const graded = done.filter(({ after }) => after !== undefined).length;
  const count = graded === 1 ? "1 attempt" : `${graded} attempts`;
  const [first] = worse;
  const next = first === undefined ? "None came out worse." : `Worse: ${worse.join(", ")}.`;
  const look = first === undefined ? "" : ` See why: kata grade ${first}`;
  return `${wrap(`Graded ${count} again. ${next}${look}`, columns)}\n`;
}
