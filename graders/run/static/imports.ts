import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { ESTree } from "rolldown/utils";
import { say } from "../../model/say.ts";
import { adviceOnModule, type Advice, type Found } from "./names.ts";
import { isErased, type Node, type Program } from "./syntax.ts";

/** What a file takes from elsewhere. */
export interface Imports {
  readonly denied: readonly Found[];
  /** Own files, by their real path, to be checked as well. */
  readonly files: readonly string[];
}

/** Endings that a loader may add to a name without one, prefer to `.ts`, or put in place of `.mjs`. */
const OTHER_ENDINGS = [".mjs", ".js", ".mts", ".jsx", ".tsx", ".json", ".cjs", ".cts"];

const OWN_FILES = say`only your own files and kata/kit are there when it is graded`;
const OUTSIDE: Advice = {
  why: OWN_FILES,
  instead: say`move the file into your folder, or write import type if you need only types`,
};
const UNCLEAR: Advice = {
  why: say`it may be loaded as another file`,
  instead: say`write the whole name of a .ts file`,
};

/** What the code in a folder may take from elsewhere. */
export interface Reach {
  /** The folder, by its real path: what lies in it is its own. */
  readonly folder: string;
  /** Names of modules. */
  readonly modules: readonly string[];
}

/** Looks at every import of a file (by its real path). */
export function readImports(program: Program, file: string, { folder, modules }: Reach): Imports {
  const denied: Found[] = [];
  const files: string[] = [];
  for (const statement of program.body) {
    const source = sourceOf(statement);
    if (!source || modules.includes(source.value)) continue;
    const found = find(source.value, dirname(file), folder);
    if (typeof found === "string") files.push(found);
    else if (found) {
      denied.push({ at: source, what: `${verb(statement)} "${source.value}"`, ...found });
    }
  }
  return { denied, files };
}

/**
 * Where a statement loads code from. `import { type A }` counts: with `verbatimModuleSyntax` in a
 * tsconfig.json beside the attempt, the module behind it is loaded for nothing.
 */
function sourceOf(statement: Node): ESTree.StringLiteral | undefined {
  const isOne =
    statement.type === "ImportDeclaration" ||
    statement.type === "ExportNamedDeclaration" ||
    statement.type === "ExportAllDeclaration";
  if (!isOne || isErased(statement)) return undefined;
  return statement.source ?? undefined;
}

function verb(statement: Node): string {
  return statement.type === "ImportDeclaration" ? "import" : "export … from";
}

/** The real path of an own file; advice if it is none; undefined if there is nothing there. */
function find(specifier: string, from: string, folder: string): string | Advice | undefined {
  if (isAbsolute(specifier) || specifier.startsWith("file:")) return OUTSIDE;
  if (!/^\.\.?(\/|$)/.test(specifier)) return adviceOnModule(specifier);
  // A loader reads more than a path into these: `./a.ts?raw`, `./%2e%2e/a.ts`.
  if (/[?#%\\\0]/.test(specifier)) return UNCLEAR;
  const path = resolve(from, specifier);
  if (!isWithin(folder, path)) return OUTSIDE;
  const found = pick(path);
  if (typeof found !== "string") return found;
  const real = realpathSync(found);
  if (!isWithin(folder, real)) return OUTSIDE;
  return real.endsWith(".ts") ? real : UNCLEAR;
}

/** Only where every loader agrees on the file, and the compiler with them. */
function pick(path: string): string | Advice | undefined {
  if (isFile(path)) return path.endsWith(".ts") ? path : UNCLEAR;
  // `./a.js` is read as `./a.ts` when only that is there.
  const stems = new Set([path, path.replace(/\.[cm]?jsx?$/, "")]);
  const others = [...stems].flatMap((stem) => OTHER_ENDINGS.map((ending) => stem + ending));
  const own = [...stems].map((stem) => `${stem}.ts`).filter(isFile);
  if (others.some((other) => existsSync(other)) || own.length > 1) return UNCLEAR;
  // A folder without a file of its name: what is loaded from it is up to the loader.
  return own[0] ?? (existsSync(path) ? UNCLEAR : undefined);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
