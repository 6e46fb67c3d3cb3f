import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import {
  ATTEMPT_GLOBALS,
  BUILT,
  type KataOnDisk,
  KataError,
  nameOf,
  say,
} from "../../graders/reading.ts";
import { pathFrom } from "../report/path-from.ts";
import { withoutHints } from "../report/without-hints.ts";
import { render } from "../scaffold/render.ts";
import { cannotWrite } from "./write-problem.ts";

/** An attempt that was written, and where the one before it went. */
export interface FreshAttempt {
  readonly dir: string;
  readonly file: string;
  readonly keptIn: string | undefined;
}

export interface AttemptRequest {
  readonly kata: KataOnDisk;
  /** The folder that gets the folder of the attempt. */
  readonly parent: string;
  /** Sets an attempt that stands there aside. */
  readonly again: boolean;
  /** The folder that paths in messages start from. */
  readonly cwd: string;
}

/**
 * Writes the stub and the statement, wholly or not at all, never over anything.
 * @throws KataError `attempt-exists` or `cannot-write`.
 */
export function writeAttempt(request: AttemptRequest): FreshAttempt {
  const { kata, parent, cwd } = request;
  const dir = join(parent, kata.slug);
  const file = join(dir, `${nameOf(kata.slug)}.ts`);
  const files = attemptFiles(request);
  const taken = isTaken(dir);
  if (taken && !request.again) {
    const untouched = isUntouched(kata, file) ? say` (still the untouched stub)` : "";
    const found = pathFrom(cwd, existsSync(file) ? file : dir);
    throw new KataError("attempt-exists", { slug: kata.slug, file: `${found}${untouched}` });
  }
  try {
    mkdirSync(dirname(dir), { recursive: true });
    writeTsconfig(parent);
    const keptIn = taken ? freePlace(dir) : undefined;
    place(files, dir, keptIn);
    return { dir, file, keptIn };
  } catch (error) {
    throw cannotWrite(pathFrom(cwd, dir), error);
  }
}

/** Whether a file is the stub as `kata start` writes it. */
export function isUntouched(kata: KataOnDisk, file: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8") === attemptText(kata);
}

function attemptText({ slug, title, paths }: KataOnDisk): string {
  const stub = readFileSync(paths.stub, "utf8");
  return render("attempt/attempt.ts.hbs", { slug, title, stub });
}

function attemptFiles({ kata }: AttemptRequest): ReadonlyMap<string, string> {
  const statement = withoutHints(readFileSync(kata.paths.statement, "utf8"), kata.slug);
  return new Map([
    [`${nameOf(kata.slug)}.ts`, attemptText(kata)],
    ["README.md", statement],
  ]);
}

/** Fills a folder under another name, then gives it its own: nobody ever sees half of it. */
function place(files: ReadonlyMap<string, string>, dir: string, keptIn: string | undefined): void {
  const fresh = `${dir}.new-${process.pid}`;
  mkdirSync(fresh);
  try {
    for (const [name, text] of files) writeFileSync(join(fresh, name), text);
    if (keptIn !== undefined) renameSync(dir, keptIn);
    try {
      renameSync(fresh, dir);
    } catch (error) {
      if (keptIn !== undefined) renameSync(keptIn, dir);
      throw error;
    }
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** The first of <slug>.1, <slug>.2, … that is free. A dot is in no slug, so none is taken for live. */
function freePlace(dir: string): string {
  let number = 1;
  while (existsSync(`${dir}.${number}`)) number += 1;
  return `${dir}.${number}`;
}

/** An empty folder is free, and so is a place that cannot be: writing there says why. */
function isTaken(dir: string): boolean {
  try {
    return !lstatSync(dir).isDirectory() || readdirSync(dir).length > 0;
  } catch {
    return false;
  }
}

const TSCONFIG_MARKER =
  "Written by kata start, again when kata has moved. Delete this line to make it yours.";

/** Lets an editor resolve all types without further set-up. A file the user made stays. */
function writeTsconfig(parent: string): void {
  const file = join(parent, "tsconfig.json");
  if (existsSync(file) && !readFileSync(file, "utf8").includes(TSCONFIG_MARKER)) return;
  const text = render("attempt/tsconfig.json.hbs", {
    marker: TSCONFIG_MARKER,
    kitTypes: BUILT.kitTypes,
    globals: ATTEMPT_GLOBALS,
  });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}
