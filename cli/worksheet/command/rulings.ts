import { readFileSync, writeFileSync } from "node:fs";
import { KataError, say } from "../../../graders/reading.ts";
import { cannotWrite } from "../../workspace/write-problem.ts";
import type { Ruling, WorksheetReport } from "../grading/worksheet-report.ts";

/** Where rulings about a worksheet are kept: beside it. */
export function rulingsFile(file: string): string {
  return `${file.replace(/\.md$/, "")}.rulings.json`;
}

/** Rulings of earlier grades, oldest first; none when there is no file. */
export function readRulings(file: string): Ruling[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every(isRuling)) return parsed;
  } catch {
    // Said below: the file is not what we wrote.
  }
  const why = say`it is not a list of rulings; move it away to go on without them`;
  throw new KataError("worksheet-unreadable", { file, why });
}

/** @throws KataError `cannot-write` */
export function writeRulings(file: string, rulings: readonly Ruling[]): void {
  try {
    writeFileSync(file, `${JSON.stringify(rulings, null, 2)}\n`);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** @throws KataError `bad-option` for an id that is no hint of the system. */
export function requireHints(report: WorksheetReport, rulings: readonly Ruling[]): void {
  const hits = [
    ...(report.hints?.requirements.hits ?? []),
    ...(report.hints?.reasoning.hits ?? []),
  ];
  const ids = hits.map(({ id }) => id);
  const unknown = rulings.find(({ id }) => !ids.includes(id));
  if (unknown === undefined) return;
  throw new KataError("bad-option", {
    option: `--${unknown.ruling}`,
    value: `"${unknown.id}"`,
    why: say`it is one of ${ids.join(", ")}`,
    command: "worksheet",
  });
}

function isRuling(value: unknown): value is Ruling {
  if (typeof value !== "object" || value === null) return false;
  const { id, ruling, by, at } = value as Partial<Record<keyof Ruling, unknown>>;
  const isWord = (it: unknown): boolean => typeof it === "string";
  return isWord(id) && isWord(by) && isWord(at) && (ruling === "accept" || ruling === "reject");
}
