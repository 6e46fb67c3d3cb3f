import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";

/** Where a coach keeps definitions, below the workspace. */
export function ownSystemsFolder(workspace: string): string {
  return join(workspace, "worksheets/systems");
}

/** Every definition file by slug; those of the workspace stand before ours. */
export function findSystems(workspace: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of [
    ownSystemsFolder(workspace),
    join(PACKAGE_ROOT, "templates/worksheets/systems"),
  ]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).toSorted()) {
      const slug = basename(name, ".json");
      if (name !== slug && !found.has(slug)) found.set(slug, join(folder, name));
    }
  }
  return found;
}
