import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { say } from "../model/say.ts";
import { KataError } from "../model/kata-error.ts";
import type { CatalogEntry, Kata } from "../model/kata.ts";
import { KataManifest } from "../model/kata-manifest.ts";
import type { Library, Pack } from "../model/pack.ts";
import { nameOf, namespaceOf, slugIn } from "../model/slug.ts";
import type { Subject, SubjectKind } from "../model/subject.ts";
import { chapterDir, chaptersDir, kataPaths } from "./paths.ts";
import { checkPackFiles } from "./packs/check-pack-files.ts";
import { packOf, requireKnownFormat } from "./packs/read-pack.ts";
import { specHash } from "./spec-hash.ts";
import { suggest } from "./suggest.ts";

/** A kata's place on disk, known before anything is read. */
export interface KataPlace {
  readonly slug: string;
  readonly chapter: string;
}

/** Every kata folder, by chapter and slug. */
export function findKatas(root: string): KataPlace[] {
  return foldersIn(chaptersDir(root)).flatMap((chapter) =>
    foldersIn(chapterDir(root, chapter)).map((slug) => ({ slug, chapter })),
  );
}

/**
 * Loads one kata, of a pack when the slug begins with its namespace.
 * @throws KataError `unknown-kata`, `manifest-invalid` when kata.json is not valid, or what is wrong
 *   with its pack.
 */
export function loadKata(library: Library, slug: string): Kata {
  const pack = packOf(library, slug);
  if (pack !== undefined) checkPackFiles(pack);
  const root = pack?.root ?? library.root;
  const name = pack === undefined ? slug : nameOf(slug);
  const place = findKatas(root).find((kata) => kata.slug === name);
  if (place === undefined) throw unknownKata(library, slug);
  return loadKataAt(root, place, pack);
}

function unknownKata(library: Library, slug: string): KataError {
  const namespace = namespaceOf(slug);
  const packs = library.packs ?? [];
  if (namespace !== undefined && !packs.some((pack) => pack.namespace === namespace)) {
    const suggestion = say` No pack is called ${namespace} here: kata pack list`;
    return new KataError("unknown-kata", { slug, suggestion });
  }
  const slugs = [{ dir: library.root, namespace: undefined }, ...packs].flatMap((from) =>
    from.dir === undefined
      ? []
      : findKatas(from.dir).map((kata) => slugIn(from.namespace, kata.slug)),
  );
  const nearest = suggest(slug, slugs);
  const suggestion = nearest === undefined ? "" : say` Did you mean ${nearest}?`;
  return new KataError("unknown-kata", { slug, suggestion });
}

/**
 * Loads the kata of a known folder.
 * @throws KataError `manifest-invalid`, or `pack-too-new` for a pack's that a later kata made.
 */
export function loadKataAt(root: string, { slug, chapter }: KataPlace, pack?: Pack): Kata {
  const paths = kataPaths(root, chapter, slug);
  return {
    slug: slugIn(pack?.namespace, slug),
    chapter,
    root,
    pack,
    manifest: readManifest(paths.manifest, slug, pack),
    paths,
    reference: { kind: "reference", name: "reference", file: paths.reference },
    stub: { kind: "stub", name: "stub", file: paths.stub },
    wrongs: subjectsIn(paths.wrongDir, "wrong", "wrong"),
    alternatives: subjectsIn(paths.altDir, "alternative", "alt"),
  };
}

/** What the index holds of one kata. */
export function catalogEntry(kata: Kata): CatalogEntry {
  const { slug, chapter, manifest } = kata;
  const { title, level, difficulty, minutes, plan, prerequisites, status } = manifest;
  const facts = { title, level, difficulty, minutes, plan, prerequisites, status };
  return { slug, chapter, ...facts, specHash: specHash(kata) };
}

function readManifest(file: string, slug: string, pack: Pack | undefined): KataManifest {
  const invalid = (why: string, cause?: unknown): KataError =>
    new KataError("manifest-invalid", { file, why, slug: slugIn(pack?.namespace, slug) }, cause);
  if (!existsSync(file)) throw invalid(say`the file is missing`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw invalid(say`it is not JSON`, error);
  }
  if (pack !== undefined) requireKnownFormat(json, file);
  const parsed = KataManifest.safeParse(json);
  if (!parsed.success) {
    const why = parsed.error.issues
      .map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`)
      .join("; ");
    throw invalid(why, parsed.error);
  }
  if (parsed.data.slug !== slug) {
    throw invalid(say`slug is "${parsed.data.slug}" but the folder is ${slug}`);
  }
  return parsed.data;
}

function subjectsIn(dir: string, kind: SubjectKind, prefix: string): Subject[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => ({ kind, name: `${prefix}/${file.slice(0, -3)}`, file: join(dir, file) }));
}

function foldersIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
