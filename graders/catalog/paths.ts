import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KataPaths } from "../model/kata.ts";

/** THE layout: slug and chapter to every path. Nobody else joins paths into katas/, solutions/ or spec/. */

/** The folder that holds katas/, solutions/ and spec/: this package, wherever it is installed. */
export const PACKAGE_ROOT: string = findPackageRoot();

function findPackageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, "package.json"))) dir = dirname(dir);
  return dir;
}

export function kataPaths(root: string, chapter: string, slug: string): KataPaths {
  const kataDir = join(root, "katas", chapter, slug);
  const solutionDir = join(root, "solutions", chapter, slug);
  return {
    kataDir,
    manifest: join(kataDir, "kata.json"),
    statement: join(kataDir, "README.md"),
    stub: join(kataDir, "stub.ts"),
    solutionDir,
    reference: join(solutionDir, "solution.ts"),
    notes: join(solutionDir, "NOTES.md"),
    wrongDir: join(solutionDir, "wrong"),
    altDir: join(solutionDir, "alt"),
    spec: join(root, "spec", chapter, `${slug}.spec.ts`),
    model: join(root, "spec", chapter, `${slug}.model.ts`),
    bench: join(root, "spec", chapter, `${slug}.bench.ts`),
  };
}

/** The collection that a spec belongs to. */
export function rootOfSpec(specFile: string): string {
  return dirname(dirname(dirname(specFile)));
}

/** All that a kata's spec, bench and solutions may be made of. */
export function kataFolders({ kataDir, solutionDir, spec }: KataPaths): string[] {
  return [kataDir, solutionDir, dirname(spec)];
}

/** The folders of a pack that kata reads. */
export function packFolders(root: string): string[] {
  return ["katas", "solutions", "spec"].map((folder) => join(root, folder));
}

/** Where a pack says what it is. */
export function packManifest(root: string): string {
  return join(root, "package.json");
}

export function chaptersDir(root: string): string {
  return join(root, "katas");
}

export function chapterDir(root: string, chapter: string): string {
  return join(root, "katas", chapter);
}

export function chapterPage(root: string, chapter: string): string {
  return join(root, "katas", chapter, "README.md");
}

/** The index that `kata list` reads, written by the build. */
export function indexFile(root: string): string {
  return join(root, "dist", "catalog.json");
}

/** The last proof of a kata: kept where the katas are, a pack's in the workspace. */
export function verificationCacheFile(folder: string, slug: string): string {
  return join(folder, ".kata", "cache", "verify", `${slug}.json`);
}

/** What judges a kata, besides its stub. */
export function specFiles({ spec, model, bench }: KataPaths): string[] {
  return [spec, model, bench];
}

/** Which kata a path (relative to the root, with slashes) belongs to; undefined when to none. */
export function slugOfPath(path: string): string | undefined {
  const [room, chapter, rest] = path.split("/");
  if (chapter === undefined || rest === undefined) return undefined;
  if (room === "katas" || room === "solutions")
    return path.split("/").length > 3 ? rest : undefined;
  return room === "spec" ? /^([a-z0-9-]+)\.(?:spec|bench|model)\.ts$/.exec(rest)?.[1] : undefined;
}

/** What the last look at a kata's mutants found, kept where the katas are. */
export function mutantCacheFile(root: string, slug: string): string {
  return join(root, ".kata", "cache", "mutants", `${slug}.json`);
}

/** Compiled files of this package that run in processes of their own, or are served to them. */
export const BUILT = {
  kit: join(PACKAGE_ROOT, "dist/graders/kit/index.js"),
  kitTypes: join(PACKAGE_ROOT, "dist/graders/kit/index.d.ts"),
  harness: join(PACKAGE_ROOT, "dist/graders/harness/index.js"),
  async: join(PACKAGE_ROOT, "dist/graders/harness/async/index.js"),
  check: join(PACKAGE_ROOT, "dist/graders/kit/check/index.js"),
  specWorker: join(PACKAGE_ROOT, "dist/graders/run/spec-worker.js"),
  benchWorker: join(PACKAGE_ROOT, "dist/graders/run/bench-worker.js"),
  huntWorker: join(PACKAGE_ROOT, "dist/graders/run/hunt-worker.js"),
} as const;

/** Types of what an attempt may use besides the language: console, TextEncoder and the like. */
export const ATTEMPT_GLOBALS: string = join(PACKAGE_ROOT, "templates/attempt/globals.d.ts");

/** The version in package.json. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
