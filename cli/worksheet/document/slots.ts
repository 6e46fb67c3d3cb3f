/**
 * How a worksheet is written so that it can be read back. Rendering and parse-worksheet.ts both take
 * the syntax from here.
 */

/** Text slots of a worksheet, in its order, with the info string of their fence. */
export const SLOTS = {
  requirements: "text",
  dataModel: "text",
  api: "text",
  diagram: "mermaid",
  decisions: "text",
  bottlenecks: "text",
} as const;
export type SlotId = keyof typeof SLOTS;
export const SLOT_IDS = Object.keys(SLOTS) as SlotId[];

/** Heads of the columns that are read; others may stand beside them. */
export const COLUMNS = {
  id: "id",
  /** Of an assumption: the candidate's own value. */
  yours: "yours",
  /** Of an estimate. */
  answer: "your answer",
  how: "how (optional formula)",
} as const;

export const FORMAT_VERSION = 1;
export const MAX_WORKSHEET_BYTES = 1_000_000;
export const MAX_ROWS = 2000;

/** The comment before the fence of a slot; comments survive every renderer and formatter. */
export function slotMarker(id: SlotId): string {
  return `<!-- slot: ${id} -->`;
}

export const SLOT_MARKER = /^\s*<!--\s*slot:\s*([^\s>]*)\s*-->\s*$/;

/** A fence longer than any run of backticks inside. */
function fence(info: string, body: string): string {
  const runs = [...body.matchAll(/`{3,}/g)].map(([run]) => run.length);
  const ticks = "`".repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return `${ticks}${info}\n${body === "" ? "" : `${body}\n`}${ticks}`;
}

/** A text slot with what stands in it. */
export function writeSlot(id: SlotId, body: string): string {
  return `${slotMarker(id)}\n\n${fence(SLOTS[id], body)}`;
}

/** Text as a cell of a Markdown table. */
export function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/\\?\|/g, "\\|");
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

/** Cells of a table row without their padding, undefined for a line that is none. */
export function splitRow(line: string): string[] | undefined {
  const trimmed = line.trim();
  if (!trimmed.startsWith("|")) return undefined;
  const inner = trimmed.replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((text) => text.trim().replaceAll("\\|", "|"));
}

export interface FrontMatter {
  readonly system: string;
  readonly version: number;
  readonly set: Readonly<Record<string, string>>;
}

export function writeFrontMatter({ system, version, set }: FrontMatter): string {
  const pairs = Object.entries(set).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [
    "---",
    `kata-worksheet: ${FORMAT_VERSION}`,
    `system: ${system}`,
    `version: ${version}`,
    `set: ${pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`}`,
    "---",
  ].join("\n");
}
