import { existsSync, mkdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import {
  KataError,
  type Library,
  findKata,
  nameOf,
  readIndex,
  say,
} from "../../graders/reading.ts";
import { pathFrom } from "../report/path-from.ts";

/** Where attempts are kept, below the workspace. */
export const ATTEMPTS = "attempts";
/** Where kata keeps its own files, below the workspace. */
export const STATE = ".kata";

/** An attempt that a command is about. */
export interface Attempt {
  readonly slug: string;
  /** Absolute path. */
  readonly file: string;
  readonly workspace: string;
}

interface Here extends Library {
  readonly cwd: string;
}

/** The nearest folder upwards that holds attempts/ or .kata/; else the folder itself. */
export function findWorkspace(cwd: string): string {
  return markedFolder(cwd) ?? cwd;
}

/** Makes a folder a workspace, so that grades of the attempts in it are kept there. */
export function claimWorkspace(dir: string): void {
  if (markedFolder(dir) === undefined) mkdirSync(join(dir, STATE));
}

function markedFolder(from: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, ATTEMPTS)) || existsSync(join(dir, STATE))) return dir;
    if (dir === dirname(dir)) return undefined;
  }
}

/** The kata that the current folder belongs to: attempts/<slug>, or a folder named like a slug. */
export async function inferSlug(here: Here): Promise<string | undefined> {
  const workspace = findWorkspace(here.cwd);
  const below = relative(workspace, here.cwd).split(sep).reverse();
  return firstKnown(here, [...below, basename(workspace)]);
}

/** The first name that is a slug of a pack, with the name of the folder around it, or one of ours. */
async function firstKnown(library: Library, names: readonly string[]): Promise<string | undefined> {
  const known = new Set((await readIndex(library)).map((entry) => entry.slug));
  const ofPacks = names.map((name, index) => `${names[index + 1]}/${name}`);
  return [...ofPacks, ...names].find((slug) => known.has(slug));
}

/** The slug that was given, or the one of the current folder. @throws KataError `no-slug`. */
export async function requireSlug(
  here: Here,
  slug: string | undefined,
  command: string,
): Promise<string> {
  const found = slug ?? (await inferSlug(here));
  if (found === undefined) throw new KataError("no-slug", { command });
  return found;
}

/**
 * Finds the file to grade.
 * @throws KataError `no-slug`, `unknown-kata`, `attempt-missing` or `attempt-unreadable`.
 */
export async function locateAttempt(
  here: Here,
  slug?: string,
  file?: string,
  command = "grade",
): Promise<Attempt> {
  const workspace = findWorkspace(here.cwd);
  if (file !== undefined) {
    const path = resolve(here.cwd, file);
    const found = slug ?? (await slugOfFile(here, path)) ?? (await inferSlug(here));
    const known = await findKata(here, await requireSlug(here, found, command));
    return requireFile({ slug: known.slug, file: path, workspace }, here.cwd);
  }
  const known = await findKata(here, await requireSlug(here, slug, command));
  const name = `${nameOf(known.slug)}.ts`;
  const inAttempts = join(workspace, ATTEMPTS, known.slug, name);
  const places = [
    ...(basename(here.cwd) === nameOf(known.slug) ? [join(here.cwd, name)] : []),
    inAttempts,
    // Where `kata start --dir` put it, seen from that folder or from one inside it.
    join(here.cwd, known.slug, name),
    join(workspace, known.slug, name),
  ];
  const place = places.find((candidate) => existsSync(candidate)) ?? inAttempts;
  return requireFile({ slug: known.slug, file: place, workspace }, here.cwd);
}

function slugOfFile(library: Library, file: string): Promise<string | undefined> {
  const [folder, around] = [dirname(file), dirname(dirname(file))].map((dir) => basename(dir));
  const name = basename(file).replace(/\.[cm]?[jt]s$/, "");
  return firstKnown(
    library,
    [name, folder, around].filter((word) => word !== undefined),
  );
}

function requireFile(attempt: Attempt, cwd: string): Attempt {
  const { slug } = attempt;
  const file = pathFrom(cwd, attempt.file);
  const stats = statSync(attempt.file, { throwIfNoEntry: false });
  if (stats === undefined) throw new KataError("attempt-missing", { slug, file });
  if (!stats.isFile()) {
    const why = stats.isDirectory() ? say`it is a folder` : say`it is not a regular file`;
    throw new KataError("attempt-unreadable", { slug, file, why });
  }
  return attempt;
}
