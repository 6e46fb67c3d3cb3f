import { createHash } from "node:crypto";
import type { Mutant } from "../../model/mutation.ts";

const ID_LENGTH = 10;
/** Lines of a change that are kept to show it. */
const SHOWN_LINES = 6;

/** A change as the instrumenter tells it; lines and columns from 0. */
export interface Change {
  readonly number: string;
  readonly mutator: string;
  readonly replacement: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/**
 * Gives each change an id that edits elsewhere leave alone: a hash of the change, of the lines it
 * stands in, and of the lines that enclose those by their indentation. Changes that agree in all
 * of that are counted.
 */
export function identifyMutants(source: string, changes: readonly Change[]): Mutant[] {
  const lines = source.split("\n");
  const seen = new Map<string, number>();
  return changes.map((change) => {
    const { number, mutator, replacement, start, end } = change;
    const place = lines.slice(start.line, end.line + 1);
    const original = textBetween(place, start.column, end.column);
    const enclosing = enclosingLines(lines, start.line);
    const facts = [mutator, original, replacement, lines[start.line] ?? "", ...enclosing];
    const key = facts.map(squeeze).join("\0");
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    const id = createHash("sha256").update(`${key}\0${occurrence}`).digest("hex");
    const after = [
      `${place[0]?.slice(0, start.column)}${replacement}${place.at(-1)?.slice(end.column)}`,
    ].flatMap((text) => text.split("\n"));
    return {
      id: id.slice(0, ID_LENGTH),
      number,
      mutator,
      line: start.line + 1,
      before: shown(place),
      after: shown(after),
    };
  });
}

function textBetween(place: readonly string[], from: number, to: number): string {
  const last = place.length - 1;
  return place
    .map((line, at) => line.slice(at === 0 ? from : 0, at === last ? to : undefined))
    .join("\n");
}

/** The nearest line above with less indentation, the nearest above that, and so on. */
function enclosingLines(lines: readonly string[], at: number): string[] {
  const enclosing: string[] = [];
  let indent = indentOf(lines[at] ?? "");
  for (let above = at - 1; above >= 0 && indent > 0; above -= 1) {
    const line = lines[above] ?? "";
    if (line.trim() === "" || indentOf(line) >= indent) continue;
    enclosing.push(line);
    indent = indentOf(line);
  }
  return enclosing;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function shown(lines: readonly string[]): string[] {
  const kept = lines.filter((line) => line.trim() !== "");
  // The replacement comes from another printer, with an indentation of its own.
  const least = Math.min(...kept.slice(0, 1).map(indentOf));
  const cut = kept.map((line) => line.slice(Math.min(least, indentOf(line))));
  return cut.length <= SHOWN_LINES ? cut : [...cut.slice(0, SHOWN_LINES - 1), "…"];
}
