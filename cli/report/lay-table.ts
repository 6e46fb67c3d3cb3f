import { type Style, textWidth } from "./style.ts";
import { wrap } from "./wrap.ts";

const GAP = "  ";

/** Cells in columns, the first row as the head; too wide for that, each row as a list of cells. */
export function layTable(
  cells: readonly (readonly string[])[],
  align: readonly ("left" | "right" | "center" | null)[],
  width: number,
  style: Style,
): string {
  const [header = [], ...rows] = cells;
  const widths = header.map((_, column) =>
    Math.max(...cells.map((row) => textWidth(row[column] ?? ""))),
  );
  const total = widths.reduce((sum, cell) => sum + cell + GAP.length, -GAP.length);
  if (total > width) {
    const item = (cell: string, column: number): string =>
      wrap(`${header[column] ?? ""}: ${cell}`, width, "", GAP);
    return rows.map((row) => row.map(item).join("\n")).join("\n\n");
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const padding = " ".repeat((widths[column] ?? 0) - textWidth(cell));
        return align[column] === "right" ? padding + cell : cell + padding;
      })
      .join(GAP)
      .trimEnd();
  const rule = style.dim(widths.map((cell) => "-".repeat(cell)).join(GAP));
  return [style.bold(line(header)), rule, ...rows.map(line)].join("\n");
}
