import { say, sayCount, sayKnown } from "../../graders/reading.ts";
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
      ? say`not graded: ${withoutControls(problem ?? "")}`
      : say`${sayKnown(after.reason ?? after.verdict)}, ${after.points} points`;
  const isSame = before?.points === after?.points && before?.verdict === after?.verdict;
  const then =
    before === undefined
      ? say`never graded whole before`
      : isSame
        ? say`as before`
        : say`before ${sayKnown(before.reason ?? before.verdict)}, ${before.points} points`;
  const spec =
    after === undefined || before?.specHash === after.specHash ? "" : say`, a newer spec`;
  return `${wrap(`${kata}: ${now} (${then}${spec})`, columns, `${mark} `, "  ")}\n`;
}

/** How many were graded again, and what to look at. */
export function regradeSummary(
  done: readonly Regraded[],
  { columns }: Pick<CliContext, "columns">,
): string {
  const worse = done.filter(({ isWorse }) => isWorse).map(({ kata }) => kata);
  const graded = done.filter(({ after }) => after !== undefined).length;
  const count = sayCount(graded, "{n} attempt", "{n} attempts");
  const [first] = worse;
  const next = first === undefined ? say`None came out worse.` : say`Worse: ${worse.join(", ")}.`;
  const look = first === undefined ? "" : say` See why: kata grade ${first}`;
  return `${wrap(say`Graded ${count} again. ${next}${look}`, columns)}\n`;
}
