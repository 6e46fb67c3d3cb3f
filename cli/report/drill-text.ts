import { say, sayKnown } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import type { Drill } from "../drill/plan-drills.ts";
import { layTable } from "./lay-table.ts";
import { createStyle } from "./style.ts";
import { wrap } from "./wrap.ts";

/** What is due again, and what comes back when. */
export function drillText(
  drills: readonly Drill[],
  ctx: Pick<CliContext, "columns" | "color">,
): string {
  const width = Math.min(ctx.columns, 100);
  if (drills.length === 0) {
    const text = say`Nothing to drill yet: a kata that you passed or gave up comes back here. Next: kata next`;
    return `${wrap(text, width)}\n`;
  }
  const due = drills.filter(({ inDays }) => inDays <= 0).length;
  const [first] = drills;
  const headline =
    due > 0
      ? say`${due} due, each from a blank stub.`
      : say`Nothing is due. The next comes on ${first?.due}: ${first?.slug}.`;
  const rows = drills.map(({ slug, due: date, inDays, last, minutes, rounds }) => {
    const when =
      inDays < 0 ? say`${-inDays} d over` : inDays === 0 ? say`today` : say`in ${inDays} d`;
    return [slug, date, when, sayKnown(last), `${rounds}`, `${minutes}`];
  });
  const head = [say`kata`, say`due`, "", say`last go`, say`goes`, say`min`];
  const align = ["left", "left", "right", "left", "right", "right"] as const;
  const table = layTable([head, ...rows], align, width, createStyle(ctx.color));
  return `${wrap(headline, width)}\n\n${table}\n`;
}
