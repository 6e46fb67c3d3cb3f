import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { KataError } from "../../graders/reading.ts";
import type { PackRecord } from "./pack-records.ts";

/** A name that npm would take: `acme-katas`, `@acme/katas`. Nothing that leads anywhere. */
const NPM_NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** Where a pack lies, and how to write that down. */
export interface LocatedPack {
  readonly dir: string;
  readonly at: { readonly folder: string } | { readonly npm: string };
}

/**
 * Finds what `kata pack add` was given: a folder, or else a package that npm has installed. kata
 * downloads nothing itself. `npm:` before a name says that it is a package.
 * @throws KataError `pack-missing`.
 */
export function locatePack(cwd: string, workspace: string, source: string): LocatedPack {
  const folder = resolve(cwd, source);
  if (!source.startsWith("npm:") && isFolder(folder)) {
    const dir = realpathSync(folder);
    const below = relative(realpathSync(workspace), dir);
    const isBelow = below !== "" && !below.startsWith("..") && !isAbsolute(below);
    return { dir, at: { folder: isBelow ? below : dir } };
  }
  const npm = source.replace(/^npm:/, "");
  const dir = findPackage(workspace, npm);
  if (dir === undefined) throw new KataError("pack-missing", { source: npm });
  return { dir, at: { npm } };
}

/** The folder of a pack that was added; undefined when its package is not installed. */
export function folderOf(workspace: string, record: PackRecord): string | undefined {
  return "folder" in record
    ? resolve(workspace, record.folder)
    : findPackage(workspace, record.npm);
}

/** As the user named it. */
export function sourceOf(record: PackRecord | LocatedPack["at"]): string {
  return "folder" in record ? record.folder : record.npm;
}

/** Looks where node looks, without running anything of what it finds. */
function findPackage(workspace: string, name: string): string | undefined {
  if (!NPM_NAME.test(name)) return undefined;
  for (let dir = workspace; ; dir = dirname(dir)) {
    const place = join(dir, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return realpathSync(place);
    if (dir === dirname(dir)) return undefined;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
