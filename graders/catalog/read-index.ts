import { existsSync, readFileSync } from "node:fs";
import { say } from "../model/say.ts";
import { KataError } from "../model/kata-error.ts";
import type { CatalogEntry, KataPaths } from "../model/kata.ts";
import type { KataManifest } from "../model/kata-manifest.ts";
import type { Library, LibraryEntry, Pack, PackPlace } from "../model/pack.ts";
import { nameOf } from "../model/slug.ts";
import { checkPackFiles } from "./packs/check-pack-files.ts";
import { indexPack } from "./packs/pack-index.ts";
import { openPack } from "./packs/read-pack.ts";
import { indexFile, kataPaths } from "./paths.ts";

/** Levels from the first to the last. Written here too, since the manifest's schema loads zod. */
export const LEVEL_ORDER = [
  "beginner",
  "intermediate",
  "advanced",
] as const satisfies readonly KataManifest["level"][];

/** A kata as the reading commands need it: no manifest is parsed to find it. */
export interface KataOnDisk {
  readonly slug: string;
  readonly chapter: string;
  readonly title: string;
  readonly paths: KataPaths;
  readonly pack: Pack | undefined;
}

/**
 * Every kata, drafts included: the own collection's from the prebuilt index, or from the manifests
 * when there is none, then those of the packs. A broken pack is left out.
 */
export async function readIndex(
  { root, packs = [] }: Library,
  onBroken: (place: PackPlace, error: KataError) => void = () => {},
): Promise<readonly LibraryEntry[]> {
  const entries: LibraryEntry[] = [...(await readOwnIndex(root))];
  for (const place of packs) {
    try {
      entries.push(...(await indexPack(openPack(place), place.indexFile)));
    } catch (error) {
      if (!isKataError(error)) throw error;
      onBroken(place, error);
    }
  }
  return entries;
}

/** By name: the module that threw may have its own copy of the class (see cli/pack-main.ts). */
function isKataError(error: unknown): error is KataError {
  return error instanceof Error && error.name === "KataError";
}

async function readOwnIndex(root: string): Promise<readonly CatalogEntry[]> {
  const file = indexFile(root);
  if (existsSync(file)) {
    const entries = parseIndex(readFileSync(file, "utf8"));
    if (entries !== undefined) return entries;
  }
  return readManifests(root);
}

/**
 * Finds one kata. A kata newer than the index is found too.
 * @throws KataError `unknown-kata`, with the nearest slug when one is near, or what is wrong with the
 *   pack that it is from.
 */
export async function findKata(library: Library, slug: string): Promise<KataOnDisk> {
  const indexed = (await readIndex(library)).find((entry) => entry.slug === slug);
  if (indexed !== undefined) {
    const { chapter, title, pack } = indexed;
    if (pack !== undefined) checkPackFiles(pack);
    const paths = kataPaths(pack?.root ?? library.root, chapter, nameOf(slug));
    if (existsSync(paths.statement)) return { slug, chapter, title, paths, pack };
  }
  const { loadKata } = await import("./catalog.ts");
  const { chapter, manifest, paths, pack } = loadKata(library, slug);
  if (!existsSync(paths.statement)) {
    throw new KataError("content-broken", { slug, why: say`${paths.statement} is missing` });
  }
  return { slug, chapter, title: manifest.title, paths, pack };
}

function parseIndex(text: string): readonly CatalogEntry[] | undefined {
  try {
    const entries: unknown = JSON.parse(text);
    // The build wrote it from validated manifests; only a torn file needs catching.
    return Array.isArray(entries) ? (entries as CatalogEntry[]) : undefined;
  } catch {
    return undefined;
  }
}

async function readManifests(root: string): Promise<readonly CatalogEntry[]> {
  const { catalogEntry, findKatas, loadKataAt } = await import("./catalog.ts");
  return findKatas(root).map((place) => catalogEntry(loadKataAt(root, place)));
}
