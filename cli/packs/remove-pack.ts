import { rmSync } from "node:fs";
import { join } from "node:path";
import { KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { STATE, findWorkspace } from "../workspace/workspace.ts";
import { readRecords, writeRecords } from "./pack-records.ts";

/** Forgets a pack. Its own files, attempts at its katas and their grades stay. */
export function removePack(ctx: CliContext, namespace: string): void {
  const workspace = findWorkspace(ctx.cwd);
  const records = readRecords(workspace);
  const left = records.filter((record) => record.namespace !== namespace);
  if (left.length === records.length) throw new KataError("unknown-pack", { namespace });
  writeRecords(workspace, left);
  for (const kept of [`packs/${namespace}.json`, `verify/${namespace}`, `mutants/${namespace}`]) {
    rmSync(join(workspace, STATE, "cache", kept), { recursive: true, force: true });
  }
  ctx.stdout.write(
    say`Removed ${namespace}. Your attempts at its katas, and their grades, stay where they are.\n`,
  );
}
