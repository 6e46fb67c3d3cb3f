import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { CatalogEntry } from "../../model/kata.ts";
import type { LibraryEntry, Pack } from "../../model/pack.ts";
import { chapterDir, chaptersDir, kataPaths, packageVersion, specFiles } from "../paths.ts";

interface StoredIndex {
  /** Of all that the entries are made of: the index is fresh while it is the same. */
  readonly stamp: string;
  readonly entries: readonly CatalogEntry[];
}

/**
 * The katas of a pack, from the index that was kept when its manifests were last read; when one has
 * changed since, from the manifests.
 * @throws KataError as `checkPack`.
 */
export async function indexPack(
  pack: Pack,
  indexFile: string | undefined,
): Promise<readonly LibraryEntry[]> {
  const stamp = stampOf(pack);
  let entries = indexFile === undefined ? undefined : readStored(indexFile, stamp);
  if (entries === undefined) {
    const { checkPack } = await import("./check-pack.ts");
    const { catalogEntry } = await import("../catalog.ts");
    entries = checkPack(pack).map(catalogEntry);
    if (indexFile !== undefined) store(indexFile, { stamp, entries });
  }
  return entries.map((entry) => ({ ...entry, pack }));
}

/** Names, sizes and times of all that the entries are made of: cheap, and nothing is read. */
function stampOf({ root, namespace }: Pack): string {
  const parts = [packageVersion(), namespace];
  for (const chapter of foldersIn(chaptersDir(root))) {
    for (const slug of foldersIn(chapterDir(root, chapter))) {
      const paths = kataPaths(root, chapter, slug);
      parts.push(`${chapter}/${slug}`);
      for (const file of [paths.manifest, paths.stub, ...specFiles(paths)]) {
        const stats = lstatSync(file, { throwIfNoEntry: false });
        parts.push(`${stats?.size} ${stats?.mtimeMs}`);
      }
    }
  }
  return parts.join(" ");
}

function readStored(file: string, stamp: string): readonly CatalogEntry[] | undefined {
  try {
    const stored = JSON.parse(readFileSync(file, "utf8")) as StoredIndex;
    // We wrote it from validated manifests; only a torn or stale file needs catching.
    return stored.stamp === stamp && Array.isArray(stored.entries) ? stored.entries : undefined;
  } catch {
    return undefined;
  }
}

/** Only saves time: a disk that refuses costs nothing else. */
function store(file: string, index: StoredIndex): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, JSON.stringify(index));
    renameSync(fresh, file);
  } catch {
    // Read again next time.
  }
}

function foldersIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
