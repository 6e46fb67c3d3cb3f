import type { CliContext } from "../context.ts";
import { pathFrom } from "./path-from.ts";

/** A line of a file, and what stands there. */
export interface Place {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
}

/** Names and `file:line`, in two columns; below each other on a narrow terminal. */
export function placeTable(
  places: readonly Place[],
  { cwd, columns }: Pick<CliContext, "cwd" | "columns">,
): string {
  const rows = places.map(({ name, file, line }) => ({
    name,
    at: `${pathFrom(cwd, file)}:${line}`,
  }));
  const widest = Math.max(0, ...rows.map(({ name }) => name.length));
  const fits = rows.every(({ at }) => widest + 2 + at.length <= columns);
  return rows
    .map(({ name, at }) => (fits ? `${name.padEnd(widest)}  ${at}\n` : `${name}\n  ${at}\n`))
    .join("");
}
