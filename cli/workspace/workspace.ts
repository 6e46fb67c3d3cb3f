import { existsSync, mkdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { KataError, findKata, readIndex } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
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

type Here = Pick<CliContext, "cwd" | "root">;

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
export async function inferSlug({ cwd, root }: Here): Promise<string | undefined> {
  const known = new Set((await readIndex(root)).map((entry) => entry.slug));
  const workspace = findWorkspace(cwd);
  const below = relative(workspace, cwd).split(sep).reverse();
  return [...below, basename(workspace)].find((folder) => known.has(folder));
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
    const known = await findKata(here.root, await requireSlug(here, found, command));
    return requireFile({ slug: known.slug, file: path, workspace }, here.cwd);
  }
  const known = await findKata(here.root, await requireSlug(here, slug, command));
  const name = `${known.slug}.ts`;
  const inAttempts = join(workspace, ATTEMPTS, known.slug, name);
  const places = [
    ...(basename(here.cwd) === known.slug ? [join(here.cwd, name)] : []),
    inAttempts,
    // Where `kata start --dir` put it, seen from that folder or from one inside it.
    join(here.cwd, known.slug, name),
    join(workspace, known.slug, name),
  ];
  const place = places.find((candidate) => existsSync(candidate)) ?? inAttempts;
  return requireFile({ slug: known.slug, file: place, workspace }, here.cwd);
}

async function slugOfFile({ root }: Here, file: string): Promise<string | undefined> {
  const known = new Set((await readIndex(root)).map((entry) => entry.slug));
  return [basename(file).replace(/\.[cm]?[jt]s$/, ""), basename(dirname(file))].find((name) =>
    known.has(name),
  );
}

function requireFile(attempt: Attempt, cwd: string): Attempt {
  const { slug } = attempt;
  const file = pathFrom(cwd, attempt.file);
  const stats = statSync(attempt.file, { throwIfNoEntry: false });
  if (stats === undefined) throw new KataError("attempt-missing", { slug, file });
  if (!stats.isFile()) {
    const why = stats.isDirectory() ? "it is a folder" : "it is not a regular file";
    throw new KataError("attempt-unreadable", { slug, file, why });
  }
  return attempt;
}
