import { say, sayKnown } from "../../graders/reading.ts";
import type { BudgetResult } from "../../graders/index.ts";
import { isPlain, MARKS } from "./marks.ts";
import type { Style } from "./style.ts";
import { wrap } from "./wrap.ts";

/** One budget: its numbers against its limit, and a growth budget as a small chart. */
export function budgetText(
  budget: BudgetResult,
  nameWidth: number,
  style: Style,
  width: number,
): string {
  const { id, what, outcome } = budget;
  const note = outcome === "within" || outcome === "not-run" ? "" : ` (${sayKnown(outcome)})`;
  const indent = " ".repeat(nameWidth + 6);
  const first = `  ${markOf(outcome, style)} ${id.padEnd(nameWidth)}  `;
  const line = wrap(`${numbersOf(budget)}${note}; ${what}`, width, first, indent);
  return [line, ...chartLines(budget, indent)].join("\n");
}

/** A budget's figures against its limit, or why there are none. */
export function numbersOf({ outcome, kind, limit, why, ...found }: BudgetResult): string {
  const { ratio, interval, slope, referenceSlope, bytes, referenceBytes } = found;
  const { count, referenceCount } = found;
  if (kind === "time" && ratio !== undefined) {
    const range =
      interval === undefined ? "" : say` (${fixed(interval[0])} to ${fixed(interval[1])})`;
    return say`${fixed(ratio)}x the reference, limit ${limit}x${range}`;
  }
  if (kind === "growth" && slope !== undefined) {
    const reason = why === undefined ? "" : `: ${why}`;
    return say`slope ${fixed(slope)}, reference ${fixed(referenceSlope ?? 0)}, limit +${limit}${reason}`;
  }
  if (kind === "count" && count !== undefined) {
    const times = ratio === undefined ? "" : ` (${fixed(ratio)}x)`;
    const own = `${count.toLocaleString("en")}${times}`;
    return say`${own}, reference ${(referenceCount ?? 0).toLocaleString("en")}, limit ${limit}x`;
  }
  if (kind === "memory" && bytes !== undefined) {
    const own = say`${bytes.toFixed(1)} bytes each`;
    return say`${own}, limit ${limit}, reference ${(referenceBytes ?? 0).toFixed(1)}`;
  }
  return `${outcome === "over" ? say`too slow to measure` : say`not judged`}: ${why ?? say`no measurement`}`;
}

/** Times by size, each as a multiple of its own at the smallest size; a bar for each doubling. */
function chartLines({ points = [] }: BudgetResult, indent: string): string[] {
  const [first] = points;
  if (first === undefined) return [];
  return points.map(({ size, attemptMs, referenceMs }) => {
    const own = attemptMs / first.attemptMs;
    const doublings = Math.max(0, Math.round(Math.log2(own)));
    const you = `${own.toFixed(1)}x`.padStart(8);
    const reference = `${(referenceMs / first.referenceMs).toFixed(1)}x`.padStart(7);
    const bar = isPlain() ? "" : `  ${"▇".repeat(1 + doublings)}`;
    return `${indent}${size.toLocaleString("en").padStart(9)}${you}  ${say`ref`}${reference}${bar}`;
  });
}

function markOf(outcome: BudgetResult["outcome"], style: Style): string {
  if (outcome === "within") return style.green(MARKS.good);
  return outcome === "over" ? style.red(MARKS.bad) : style.dim(MARKS.part);
}

function fixed(value: number): string {
  return value.toFixed(2);
}
