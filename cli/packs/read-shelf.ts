import { join, resolve } from "node:path";
import { KataError, type PackPlace, readPack, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { STATE, findWorkspace } from "../workspace/workspace.ts";
import { folderOf, sourceOf } from "./locate-pack.ts";
import { type PackRecord, readRecords } from "./pack-records.ts";

/**
 * The packs that a command can use: those of `--pack`, which come first and stand in for one of the
 * same namespace that was added, then those of the workspace.
 * @throws KataError `pack-missing`, `pack-manifest`, `pack-too-new` or `pack-clash` for `--pack`.
 */
export function readShelf(
  ctx: Pick<CliContext, "cwd" | "stderr">,
  given: readonly string[],
): PackPlace[] {
  const workspace = findWorkspace(ctx.cwd);
  const shelf: PackPlace[] = [];
  for (const source of given) {
    const { namespace, root } = readPack(resolve(ctx.cwd, source), source);
    const other = shelf.find((place) => place.namespace === namespace);
    if (other !== undefined) {
      const why = say`both ${other.source} and ${source} call themselves that`;
      throw new KataError("pack-clash", {
        what: namespace,
        why,
        next: say`Give one --pack of the two.`,
      });
    }
    shelf.push({ namespace, dir: root, source, given: true, indexFile: undefined });
  }
  for (const record of recordsOf(ctx, workspace)) {
    const { namespace } = record;
    if (shelf.some((place) => place.namespace === namespace)) continue;
    const dir = folderOf(workspace, record);
    const indexFile = join(workspace, STATE, "cache", "packs", `${namespace}.json`);
    shelf.push({ namespace, dir, source: sourceOf(record), given: false, indexFile });
  }
  return shelf;
}

/** A damaged list of packs costs the packs and a warning, never the command. */
function recordsOf({ stderr }: Pick<CliContext, "stderr">, workspace: string): PackRecord[] {
  try {
    return readRecords(workspace);
  } catch (error) {
    if (!(error instanceof KataError)) throw error;
    stderr.write(say`Warning: ${error.message} ${error.hint}\n`);
    return [];
  }
}
