import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KataError } from "../../../graders/reading.ts";
import { cannotWrite } from "../../workspace/write-problem.ts";
import { type Worksheet, parseWorksheet } from "../document/parse-worksheet.ts";
import { MAX_WORKSHEET_BYTES, SLOT_IDS } from "../document/slots.ts";
import type { SheetView } from "./conduct.ts";

/** The files of one session. */
export interface InterviewFolder {
  readonly dir: string;
  /** One line for each event. */
  readonly log: string;
  /** What the candidate fills in meanwhile. */
  readonly worksheet: string;
  /** The same as it was when the twist came. */
  readonly beforeTwist: string;
  readonly report: string;
  /** The interviewer's script, in a pair. */
  readonly script: string;
}

export function interviewFolder(dir: string): InterviewFolder {
  return {
    dir,
    log: join(dir, "session.jsonl"),
    worksheet: join(dir, "worksheet.md"),
    beforeTwist: join(dir, "worksheet-at-twist.md"),
    report: join(dir, "report.md"),
    script: join(dir, "interviewer.txt"),
  };
}

/** The folder that a `--resume` names: itself, or the log in it. */
export function resumedFolder(path: string): InterviewFolder {
  const isLog = existsSync(path) ? statSync(path).isFile() : path.endsWith(".jsonl");
  return interviewFolder(isLog ? dirname(path) : path);
}

/** @throws KataError `session-exists`, `cannot-write` */
export function createFolder(folder: InterviewFolder, worksheet: string, shown: string): void {
  if (existsSync(folder.log)) throw new KataError("session-exists", { dir: shown });
  try {
    mkdirSync(folder.dir, { recursive: true });
    if (!existsSync(folder.worksheet)) writeFileSync(folder.worksheet, worksheet);
  } catch (error) {
    throw cannotWrite(shown, error);
  }
}

/** Whole or not at all: a crash leaves the old text. @throws KataError `cannot-write` */
export function replaceFile(file: string, text: string): void {
  try {
    const fresh = `${file}.${process.pid}.new`;
    writeFileSync(fresh, text);
    renameSync(fresh, file);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Keeps a worksheet as it is now; without one there is nothing to keep. */
export function copySheet(from: string, to: string): void {
  if (existsSync(from)) replaceFile(to, readFileSync(from, "utf8"));
}

/** Undefined when there is none that can be read. */
export function readSheet(file: string): Worksheet | undefined {
  try {
    if (statSync(file).size > MAX_WORKSHEET_BYTES) return undefined;
    return parseWorksheet(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** What is blank in the worksheet now; all of it when it cannot be read. */
export function viewSheet(file: string): SheetView {
  const sheet = readSheet(file);
  const isSlotBlank = (id: string): boolean => {
    const slot = SLOT_IDS.find((known) => known === id);
    return slot === undefined || (sheet?.slots.get(slot)?.body ?? "").trim() === "";
  };
  return {
    rows: sheet?.rows ?? new Map(),
    isBlank: (id) => {
      const row = sheet?.rows.get(id);
      return row === undefined ? isSlotBlank(id) : row.answer === "" && row.how === "";
    },
  };
}
