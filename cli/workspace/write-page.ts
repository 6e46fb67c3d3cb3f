import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { KataError, say } from "../../graders/reading.ts";
import { cannotWrite } from "./write-problem.ts";

/** By this a page of ours is known, and may be written again. */
export const PAGE_MARK = '<meta name="generator" content="kata">';
const BEGINNING = 400;

/**
 * Writes a page where the user asked for it. A page of ours is written again; anything else that
 * stands there stays.
 * @param mark what a file of ours begins with
 * @throws KataError `cannot-write`
 */
export function writePage(
  cwd: string,
  path: string,
  html: string,
  mark: string = PAGE_MARK,
): string {
  const file = resolve(cwd, path);
  try {
    if (existsSync(file) && !readFileSync(file, "utf8").slice(0, BEGINNING).includes(mark)) {
      const why = say`something that is no page of kata's stands there`;
      throw new KataError("cannot-write", { file, why });
    }
    writeFileSync(file, html);
    return file;
  } catch (error) {
    throw cannotWrite(file, error);
  }
}
