import { existsSync, readFileSync } from "node:fs";
import { KataError } from "../model/kata-error.ts";
import type { CatalogEntry, KataPaths } from "../model/kata.ts";
import type { KataManifest } from "../model/kata-manifest.ts";
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
}

/** Every kata, drafts included, from the prebuilt index; from the manifests when there is none. */
export async function readIndex(root: string): Promise<readonly CatalogEntry[]> {
  const file = indexFile(root);
  if (existsSync(file)) {
    const entries = parseIndex(readFileSync(file, "utf8"));
    if (entries !== undefined) return entries;
  }
  return readManifests(root);
}

/**
 * Finds one kata. A kata newer than the index is found too.
 * @throws KataError `unknown-kata`, with the nearest slug when one is near.
 */
export async function findKata(root: string, slug: string): Promise<KataOnDisk> {
  const indexed = (await readIndex(root)).find((entry) => entry.slug === slug);
  if (indexed !== undefined) {
    const { chapter, title } = indexed;
    const paths = kataPaths(root, chapter, slug);
    if (existsSync(paths.statement)) return { slug, chapter, title, paths };
  }
  const { loadKata } = await import("./catalog.ts");
  const { chapter, manifest, paths } = loadKata(root, slug);
  if (!existsSync(paths.statement)) {
    throw new KataError("content-broken", { slug, why: `${paths.statement} is missing` });
  }
  return { slug, chapter, title: manifest.title, paths };
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
