import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { KataError, say } from "../../graders/reading.ts";
import { MOST_BYTES, ShareFile } from "./share-file.ts";

/** What a group folder's files are called. */
export const SHARE_SUFFIX = ".kata.json";
const MOST_FILES = 500;

export interface Share extends ShareFile {
  readonly file: string;
}

/** A member's file that cannot be used, and why. */
export interface UnreadableShare {
  readonly file: string;
  readonly why: string;
}

/**
 * Reads members' files; a folder stands for all that lie in it. A damaged one is told, never fatal.
 * @throws KataError `no-shares` when there is nothing to read.
 */
export function readShares(
  cwd: string,
  paths: readonly string[],
): { shares: Share[]; unreadable: UnreadableShare[] } {
  const files = paths.flatMap((path) => filesOf(resolve(cwd, path)));
  if (files.length === 0) throw new KataError("no-shares", { where: paths.join(", ") });
  if (files.length > MOST_FILES) throw new KataError("too-many-shares", { most: `${MOST_FILES}` });
  const shares: Share[] = [];
  const unreadable: UnreadableShare[] = [];
  for (const file of files) {
    const read = readShare(file);
    if (typeof read === "string") unreadable.push({ file, why: read });
    else if (shares.some(({ as }) => as === read.as)) {
      unreadable.push({ file, why: say`there is a member "${read.as}" already` });
    } else shares.push({ ...read, file });
  }
  return { shares, unreadable };
}

function filesOf(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new KataError("no-shares", { where: path });
  if (!stats.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith(SHARE_SUFFIX))
    .toSorted()
    .map((name) => join(path, name));
}

/** The file's content, or why it cannot be used. */
function readShare(file: string): ShareFile | string {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES) return say`it is larger than ${MOST_BYTES / 1024 / 1024} MB`;
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    const { data, error } = ShareFile.safeParse(json);
    if (data !== undefined) return data;
    const [issue] = error.issues;
    return `${issue?.path.join(".") || "it"}: ${issue?.message ?? say`not a member's file`}`;
  } catch (error) {
    return error instanceof SyntaxError ? say`it is not JSON` : String((error as Error).message);
  }
}
