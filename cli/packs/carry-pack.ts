import type { Pack } from "../../graders/reading.ts";
import { readRecords, writeRecords } from "./pack-records.ts";

/**
 * Makes a pack known in the workspace where an attempt at one of its katas was put, so that it can
 * be graded there: it was named by `--pack`, or is known in another. A pack of that namespace that is known there stays.
 * @throws KataError `pack-records` or `cannot-write`.
 */
export function carryPack(workspace: string, { namespace, root }: Pack): void {
  const records = readRecords(workspace);
  if (records.some((record) => record.namespace === namespace)) return;
  writeRecords(workspace, [...records, { namespace, folder: root }]);
}
