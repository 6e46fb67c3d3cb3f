import { say, sayKnown } from "../../graders/reading.ts";
import type { BudgetResult } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import type { Designs } from "../review/read-designs.ts";
import { ratioText } from "./history-text.ts";
import { layTable } from "./lay-table.ts";
import { pathFrom } from "./path-from.ts";
import { createStyle, withoutControls } from "./style.ts";
import { wrap } from "./wrap.ts";

type Where = Pick<CliContext, "cwd" | "columns" | "color">;

/** Your attempt beside our designs: length, time, memory, and how each alternative differs. */
export function designsText(found: Designs, slug: string, ctx: Where): string {
  const style = createStyle(ctx.color);
  const { designs, grade, isGradedFile } = found;
  const weighs = designs.some(({ bytes }) => bytes !== undefined);
  const head = [say`design`, say`lines`, say`time`, ...(weighs ? [say`bytes each`] : [])];
  const rows = designs.map(({ name, lines, ratio, bytes }) => [
    sayKnown(name),
    String(lines),
    ratioText(ratio),
    ...(weighs ? [bytes?.toFixed(1) ?? "-"] : []),
  ]);
  const align = ["left", "right", "right", "right"] as const;
  const alternatives = designs.flatMap(({ name, what, file }) =>
    what === undefined
      ? []
      : [
          wrap(`${name}: ${withoutControls(what)}`, ctx.columns, "", "  "),
          `  ${pathFrom(ctx.cwd, file)}`,
        ],
  );
  const remark = say`Lines: without blanks and comments. Time: mean ratio to the reference. Alternatives are not measured here; each keeps all budgets.`;
  const blocks = [
    style.bold(say`${slug}: yours beside ours`),
    layTable([head, ...rows], align, ctx.columns, style),
    wrap(remark, ctx.columns),
    staleRemark(grade !== undefined, isGradedFile, slug, ctx.columns),
    budgetTable(grade?.budgets ?? [], ctx),
    alternatives.join("\n"),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function staleRemark(isGraded: boolean, isSame: boolean, slug: string, columns: number): string {
  if (isSame) return "";
  const why = isGraded
    ? say`Your figures are of an earlier version of your file.`
    : say`There is no whole grade of yours with budgets, so yours has no figures.`;
  return wrap(say`${why} Measure it: kata grade ${slug}`, columns);
}

function budgetTable(budgets: readonly BudgetResult[], ctx: Where): string {
  const rows = budgets.flatMap((budget) => {
    const figures = figuresOf(budget);
    return figures === undefined ? [] : [[budget.id, ...figures]];
  });
  if (rows.length === 0) return "";
  const head = [say`budget`, say`yours`, say`reference`, say`limit`];
  const align = ["left", "right", "right", "right"] as const;
  return layTable([head, ...rows], align, ctx.columns, createStyle(ctx.color));
}

function figuresOf(budget: BudgetResult): [string, string, string] | undefined {
  const { kind, limit, ratio, slope, count, bytes } = budget;
  if (kind === "time" && ratio !== undefined) return [ratioText(ratio), "1.00x", `${limit}x`];
  if (kind === "growth" && slope !== undefined) {
    const reference = budget.referenceSlope ?? 0;
    return [say`slope ${slope.toFixed(2)}`, reference.toFixed(2), `+${limit}`];
  }
  if (kind === "count" && count !== undefined) {
    const reference = (budget.referenceCount ?? 0).toLocaleString("en");
    return [say`${count.toLocaleString("en")} uses`, reference, `${limit}x`];
  }
  if (kind === "memory" && bytes !== undefined) {
    return [say`${bytes.toFixed(1)} bytes`, (budget.referenceBytes ?? 0).toFixed(1), String(limit)];
  }
  return undefined;
}
