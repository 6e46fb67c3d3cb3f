import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KataError, isSlug, say } from "../../graders/reading.ts";
import { STATE } from "../workspace/workspace.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

/** A pack that was added to a workspace: where it is, not what is in it. */
export type PackRecord = { readonly namespace: string } & (
  | {
      /** A folder, from the workspace if it lies below it. */
      readonly folder: string;
    }
  | {
      /** A package in the node_modules of the workspace or of a folder around it. */
      readonly npm: string;
    }
);

const FORMAT = 1;

/** `.kata/packs.json`: safe to share, as it only says where packs are. */
function recordsFile(workspace: string): string {
  return join(workspace, STATE, "packs.json");
}

/** The packs of a workspace, in the order they were added. @throws KataError `pack-records`. */
export function readRecords(workspace: string): PackRecord[] {
  const file = recordsFile(workspace);
  const refuse = (why: string, cause?: unknown): KataError =>
    new KataError("pack-records", { file, why }, cause);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw refuse(message, error);
  }
  let records: unknown;
  try {
    records = (JSON.parse(text) as { packs?: unknown } | null)?.packs;
  } catch (error) {
    throw refuse(say`it is not JSON`, error);
  }
  if (!Array.isArray(records) || !records.every(isRecord)) {
    throw refuse(say`it is not { "packs": [{ "namespace", "folder" or "npm" }] }`);
  }
  return records;
}

/** @throws KataError `cannot-write`. */
export function writeRecords(workspace: string, packs: readonly PackRecord[]): void {
  const file = recordsFile(workspace);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, `${JSON.stringify({ formatVersion: FORMAT, packs }, null, 2)}\n`);
    renameSync(fresh, file);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function isRecord(value: unknown): value is PackRecord {
  if (typeof value !== "object" || value === null) return false;
  const { namespace, folder, npm } = value as Record<string, unknown>;
  const isPlace = (typeof folder === "string") !== (typeof npm === "string");
  return typeof namespace === "string" && isSlug(namespace) && isPlace;
}
