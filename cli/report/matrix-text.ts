import { say } from "../../graders/reading.ts";
import type { Verification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { createStyle } from "./style.ts";
import { wrap } from "./wrap.ts";

type Kill = Verification["matrix"][string][number];

const CELL = 10;
const NAME = 28;

/**
 * Wrong answers against what catches them, as a table of numbered columns; as lines where the
 * terminal is too narrow for it.
 */
export function matrixText(
  { matrix, properties, budgets }: Verification,
  ctx: Pick<CliContext, "columns" | "color">,
): string {
  const names = Object.keys(matrix);
  if (names.length === 0) return "";
  const style = createStyle(ctx.color);
  const killers = [
    ...properties.map(({ id }) => id),
    ...(budgets["reference"] ?? []).map(({ id }) => `budget:${id}`),
  ].filter((id) => names.some((name) => matrix[name]?.some(({ killer }) => killer === id)));
  const title = style.bold(say`Who catches whom`);
  const legend = say`The run that breaks it at the common seed, and at how many of 10 other seeds it breaks too; a table or a budget has no seeds.`;
  const head = [title, wrap(legend, ctx.columns, "  "), ""];
  const isWide = 2 + NAME + killers.length * CELL <= ctx.columns;
  const body = isWide ? tableOf(matrix, killers) : linesOf(matrix, ctx.columns);
  return `${[...head, ...body].join("\n")}\n`;
}

function tableOf(matrix: Verification["matrix"], killers: readonly string[]): string[] {
  const key = killers.map((id, index) => `  ${String(index + 1).padStart(2)} ${id}`);
  const header = `  ${"".padEnd(NAME)}${killers.map((_, i) => String(i + 1).padStart(CELL)).join("")}`;
  const rows = Object.entries(matrix).map(([name, kills]) => {
    const cells = killers.map((id) => cellOf(kills.find(({ killer }) => killer === id)));
    return `  ${name
      .replace("wrong/", "")
      .slice(0, NAME - 1)
      .padEnd(NAME)}${cells.join("")}`;
  });
  return [...key, "", header, ...rows];
}

function linesOf(matrix: Verification["matrix"], columns: number): string[] {
  return Object.entries(matrix).flatMap(([name, kills]) => {
    const list = kills.map((kill) => `${kill.killer} (${cellOf(kill).trim()})`).join(", ");
    return [`  ${name.replace("wrong/", "")}`, wrap(list || say`nothing`, columns, "    ")];
  });
}

function cellOf(kill: Kill | undefined): string {
  if (kill === undefined) return "·".padStart(CELL);
  if (kill.run === undefined)
    return (kill.killer.startsWith("budget:") ? say`over` : say`hang`).padStart(CELL);
  const seeds = kill.seeds === undefined ? "" : ` ${kill.seeds.broken}/${kill.seeds.of}`;
  return `${kill.run}${seeds}`.padStart(CELL);
}
