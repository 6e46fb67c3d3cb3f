import { say } from "../../../graders/reading.ts";
import { parseWorksheet } from "../document/parse-worksheet.ts";
import { COLUMNS, type SlotId, slotMarker, splitRow, tableRow } from "../document/slots.ts";

/**
 * A stored wrong worksheet: the model answer but for one slip. Its rows take the place of the model's
 * rows; in its slots, lines beginning with `-` are taken out of the model's text and those beginning
 * with `+` are put in their place.
 */
export interface WrongWorksheet {
  /** What the slip is, in words. */
  readonly slip: string;
  /** The machine points it must lose, and no others. */
  readonly loses: readonly string[];
  /** What the report must say of it, where it must. */
  readonly says: string | undefined;
  readonly text: string;
}

/** Reads the front matter of a wrong worksheet; says why it cannot. */
export function readWrongWorksheet(text: string): WrongWorksheet | string {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}:\\s*(.+)$`, "m").exec(text)?.[1]?.trim();
  const slip = field("slip");
  const loses =
    field("loses")
      ?.split(/[\s,]+/)
      .filter(Boolean) ?? [];
  if (slip === undefined) return say`its front matter has no "slip"`;
  if (loses.length === 0) return say`its front matter has no "loses"`;
  return { slip, loses, says: field("says"), text };
}

/** Puts a slip into a model answer. @returns the worksheet, or why the slip does not fit it. */
export function applySlip(
  model: string,
  { text }: WrongWorksheet,
): { readonly text: string } | string {
  const slips = parseWorksheet(text);
  let lines = model.split("\n");
  for (const { id, answer, how } of slips.rows.values()) {
    const edited = editRow(lines, id, { [COLUMNS.answer]: answer, [COLUMNS.how]: how });
    if (typeof edited === "string") return edited;
    lines = edited;
  }
  for (const { id, body } of slips.slots.values()) {
    const edited = editSlot(lines, id, body.split("\n"));
    if (typeof edited === "string") return edited;
    lines = edited;
  }
  return { text: lines.join("\n") };
}

function editRow(
  lines: readonly string[],
  id: string,
  values: Readonly<Record<string, string>>,
): string[] | string {
  const at = lines.findIndex((line) => line.startsWith(`| \`${id}\` |`));
  const head = lines.slice(0, Math.max(0, at)).findLast((line) => line.startsWith("| id |"));
  if (at === -1 || head === undefined) return say`the model answer has no row "${id}"`;
  const columns = splitRow(head) ?? [];
  const cells = (splitRow(lines[at] ?? "") ?? []).map(
    (text, index) => values[columns[index] ?? ""] ?? text,
  );
  return lines.with(at, tableRow(cells));
}

function editSlot(
  lines: readonly string[],
  id: SlotId,
  edits: readonly string[],
): string[] | string {
  const start = lines.indexOf(slotMarker(id));
  const result = [...lines];
  let at = result.findIndex((line, index) => index > start && line.startsWith("```")) + 1;
  for (const edit of edits) {
    const line = edit.slice(1);
    if (edit.startsWith("-")) {
      at = result.indexOf(line, start);
      if (at === -1) return say`the model's ${id} has no line "${line}"`;
      result.splice(at, 1);
    } else if (edit.startsWith("+")) {
      result.splice(at, 0, line);
      at += 1;
    } else if (edit.trim() !== "") {
      return say`a line of the slot "${id}" begins with neither - nor +: "${edit}"`;
    }
  }
  return result;
}
