import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { KataError } from "../model/kata-error.ts";
import type { CatalogEntry, Kata } from "../model/kata.ts";
import { KataManifest } from "../model/kata-manifest.ts";
import type { Subject, SubjectKind } from "../model/subject.ts";
import { chapterDir, chaptersDir, kataPaths } from "./paths.ts";
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
 * Loads one kata.
 * @throws KataError `unknown-kata`, or `manifest-invalid` when kata.json is not valid.
 */
export function loadKata(root: string, slug: string): Kata {
  const katas = findKatas(root);
  const place = katas.find((kata) => kata.slug === slug);
  if (place === undefined) {
    const nearest = suggest(
      slug,
      katas.map((kata) => kata.slug),
    );
    const suggestion = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    throw new KataError("unknown-kata", { slug, suggestion });
  }
  return loadKataAt(root, place);
}

/** Loads the kata of a known folder. @throws KataError `manifest-invalid`. */
export function loadKataAt(root: string, { slug, chapter }: KataPlace): Kata {
  const paths = kataPaths(root, chapter, slug);
  return {
    slug,
    chapter,
    manifest: readManifest(paths.manifest, slug),
    paths,
    reference: { kind: "reference", name: "reference", file: paths.reference },
    stub: { kind: "stub", name: "stub", file: paths.stub },
    wrongs: subjectsIn(paths.wrongDir, "wrong", "wrong"),
    alternatives: subjectsIn(paths.altDir, "alternative", "alt"),
  };
}

/** What the index holds of one kata. */
export function catalogEntry({ slug, chapter, manifest }: Kata): CatalogEntry {
  const { title, level, difficulty, minutes, plan, prerequisites, status } = manifest;
  return { slug, chapter, title, level, difficulty, minutes, plan, prerequisites, status };
}

function readManifest(file: string, slug: string): KataManifest {
  const invalid = (why: string, cause?: unknown): KataError =>
    new KataError("manifest-invalid", { file, why, slug }, cause);
  if (!existsSync(file)) throw invalid("the file is missing");
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw invalid("it is not JSON", error);
  }
  const parsed = KataManifest.safeParse(json);
  if (!parsed.success) {
    const why = parsed.error.issues
      .map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`)
      .join("; ");
    throw invalid(why, parsed.error);
  }
  if (parsed.data.slug !== slug) {
    throw invalid(`slug is "${parsed.data.slug}" but the folder is ${slug}`);
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
