import { type LibraryEntry, type Pack, say, sayCount, sayKnown } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { type Progress, isByOlderSpec } from "../workspace/progress.ts";
import { MARKS } from "./marks.ts";
import { type Style, createStyle, textWidth } from "./style.ts";
import { wrap } from "./wrap.ts";

export interface ListRow extends LibraryEntry {
  readonly progress: Progress;
}

/** The katas by chapter, one to a line; one to two lines on a narrow terminal. */
export function listTable(
  rows: readonly ListRow[],
  { color, columns }: Pick<CliContext, "color" | "columns">,
): string {
  const style = createStyle(color);
  const slugWidth = Math.max(0, ...rows.map((row) => textWidth(row.slug)));
  const titleWidth = Math.max(0, ...rows.map((row) => textWidth(row.title)));
  const levelWidth = Math.max(LEVEL_WIDTH, ...rows.map(({ level }) => textWidth(sayKnown(level))));
  const factsWidth = levelWidth + FACTS_WIDTH + MARKS.none.length;
  const narrow = 2 + slugWidth + factsWidth > columns;
  const titles = 2 + slugWidth + 2 + titleWidth + factsWidth <= columns;
  const lines: string[] = [];
  let before: ListRow | undefined;
  for (const row of rows) {
    const isSamePack = row.pack?.namespace === before?.pack?.namespace;
    if (!isSamePack || row.chapter !== before?.chapter) {
      if (before !== undefined) lines.push("");
      lines.push(style.bold(heading(row)));
    }
    if (row.pack !== undefined && !isSamePack) {
      lines.push(style.dim(wrap(origin(row.pack), columns, "  ")));
    }
    before = row;
    const facts = `${sayKnown(row.level).padEnd(levelWidth)}  ${say`${String(row.minutes).padStart(3)} min`}  ${status(row, style)}`;
    const title = titles ? `  ${row.title.padEnd(titleWidth)}` : "";
    if (narrow) lines.push(`  ${row.slug}`, `    ${facts}`.trimEnd());
    else lines.push(`  ${row.slug.padEnd(slugWidth)}${title}  ${facts}`.trimEnd());
  }
  lines.push("", wrap(summary(rows), columns));
  if (rows.some(isOld)) {
    lines.push(wrap(say`${OLDER} graded by an older spec. Grade again: kata regrade`, columns));
  }
  lines.push("");
  return lines.join("\n");
}

function heading({ chapter, pack }: ListRow): string {
  return pack === undefined ? chapter : `${pack.namespace}: ${chapter}`;
}

/** Whose the katas are, and on what terms. */
function origin({ version, license, author }: Pack): string {
  return [...(version === undefined ? [] : [version]), license, say`by ${author}`].join(", ");
}

/** Of the longest level in English. */
const LEVEL_WIDTH = 12;
/** Minutes and the widest status, with the gaps between them and before the level. */
const FACTS_WIDTH = 2 + 2 + 7 + 2 + 13;

/** Behind the points of a grade by a spec that the kata no longer has. */
const OLDER = "*";

function isOld({ progress, specHash }: ListRow): boolean {
  return isByOlderSpec(progress, specHash);
}

function status(row: ListRow, style: Style): string {
  const { state, best } = row.progress;
  const points = best === undefined ? "" : ` ${best}${isOld(row) ? OLDER : ""}`;
  if (state === "passed") return style.green(`${MARKS.good} ${say`passed`}${points}`);
  if (state === "tried") return style.yellow(`${MARKS.part} ${say`tried`}${points}`);
  if (state === "gave-up") return style.dim(`${MARKS.bad} ${say`gave up`}${points}`);
  return `${MARKS.none} ${say`new`}`;
}

function summary(rows: readonly ListRow[]): string {
  const passed = rows.filter((row) => row.progress.state === "passed").length;
  const count = sayCount(rows.length, "{n} kata", "{n} katas");
  if (rows.length === 0) return say`No kata fits. See them all: kata list`;
  const next =
    rows.find((row) => row.progress.state === "tried") ??
    rows
      .filter((row) => row.progress.state === "new")
      .reduce<ListRow | undefined>(
        (easiest, row) => (easiest && easiest.difficulty <= row.difficulty ? easiest : row),
        undefined,
      );
  if (next === undefined) return say`${count}, ${passed} passed.`;
  const verb = next.progress.state === "new" ? "start" : "grade";
  return say`${count}, ${passed} passed. Next: kata ${verb} ${next.slug}`;
}
