import { readFileSync, statSync } from "node:fs";
import { KataError, say } from "../../../graders/reading.ts";
import { type Worksheet, parseWorksheet } from "../document/parse-worksheet.ts";
import { type FrontMatter, MAX_WORKSHEET_BYTES } from "../document/slots.ts";

/** A worksheet that says which system it is for. */
export type NamedWorksheet = Worksheet & { readonly front: FrontMatter };

/**
 * Reads a worksheet file, at most 1 MB of it.
 *
 * @param shown the file as messages name it
 * @throws KataError `worksheet-missing`, `worksheet-unreadable`
 */
export function readWorksheetFile(file: string, shown: string): NamedWorksheet {
  const fail = (why: string, cause?: unknown): KataError =>
    new KataError("worksheet-unreadable", { file: shown, why }, cause);
  let text: string;
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) throw fail(say`it is a folder`);
    if (stats.size > MAX_WORKSHEET_BYTES) {
      throw fail(say`it is larger than ${MAX_WORKSHEET_BYTES / 1e6} MB`);
    }
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new KataError("worksheet-missing", { file: shown, slug: "<system>" }, error);
    }
    if (error instanceof KataError) throw error;
    throw fail(code === "EACCES" ? say`you have no right to read it` : String(code), error);
  }
  const worksheet = parseWorksheet(text);
  const { front, problems } = worksheet;
  if (front === undefined) {
    throw fail(
      problems.map(({ line, message }) => say`line ${line}: ${message}`)[0] ?? say`it is empty`,
    );
  }
  return { ...worksheet, front };
}
