import { readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { say } from "../model/say.ts";
import type { Denial } from "../model/denial.ts";
import { readImports, type Reach } from "./static/imports.ts";
import type { Found } from "./static/names.ts";
import { applyRules } from "./static/rules.ts";
import { Module } from "./static/scopes.ts";
import { parseModule } from "./static/syntax.ts";

/** More than this takes longer to read than anyone should wait. */
const MOST_FILES = 100;
const MOST_CHARACTERS = 500_000;
/** After so many in one file, the rest say nothing new. */
const MOST_DENIALS = 50;

/** Modules that an attempt may import, and a solution. */
const FOR_ATTEMPTS = ["kata/kit"];
/** Modules that a spec or a bench may import. */
export const FOR_SPECS: readonly string[] = [
  "kata/kit",
  "kata/harness",
  "kata/harness/async",
  "kata/harness/check",
  "fast-check",
];

/**
 * Decides, before anything of it runs, whether an attempt uses anything it must not: its own file
 * and every own file that it imports. Reads only; a file that does not parse is left to the type
 * check. What cannot be seen by reading is left to the checks at run time.
 */
export async function staticCheck(
  entry: string,
  modules: Reach["modules"] = FOR_ATTEMPTS,
): Promise<Denial[]> {
  const first = realPath(entry);
  if (first === undefined) return [];
  const folder = dirname(first);
  // Named as the candidate named it, unless the entry is a link to somewhere else.
  const shown = realPath(dirname(entry)) === folder ? resolve(dirname(entry)) : folder;
  const denials: Denial[] = [];
  const files = new Set([first]);
  for (const file of files) {
    const name = join(shown, relative(folder, file));
    if (files.size > MOST_FILES) return [...denials, { file: name, ...START, ...TOO_MANY }];
    const checked = await checkFile(file, { folder, modules });
    for (const own of checked.files) files.add(own);
    denials.push(...checked.denials.map((denial) => ({ file: name, ...denial })));
  }
  return denials;
}

const START = { line: 1, column: 1 };

type Place = Omit<Denial, "file">;
type Checked = { denials: Place[]; files: readonly string[] };

async function checkFile(file: string, reach: Reach): Promise<Checked> {
  const text = readFileSync(file, "utf8");
  if (text.length > MOST_CHARACTERS) return { denials: [{ ...START, ...TOO_LARGE }], files: [] };
  const program = await parseModule(text);
  if (program === "broken") return { denials: [], files: [] };
  if (program === "too-deep") return { denials: [{ ...START, ...TOO_DEEP }], files: [] };
  const module = new Module(program);
  const imports = readImports(program, file, reach);
  const deep = module.tooDeep ? [{ at: module.tooDeep, ...TOO_DEEP }] : [];
  const found = [...deep, ...imports.denied, ...applyRules(module, text)];
  return { denials: inOrder(found, text), files: imports.files };
}

/** One denial for each place, first to last. */
function inOrder(found: readonly Found[], text: string): Place[] {
  const ends = [...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(
    (end) => end.index + end[0].length,
  );
  const places = new Map(found.toReversed().map((it) => [it.at.start, it]));
  return [...places.values()]
    .toSorted((a, b) => a.at.start - b.at.start)
    .slice(0, MOST_DENIALS)
    .map(({ at, what, why, instead }) => {
      const line = ends.filter((end) => end <= at.start).length;
      return { line: line + 1, column: at.start - (ends[line - 1] ?? 0) + 1, what, why, instead };
    });
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

const TOO_DEEP = {
  what: say`deep nesting`,
  why: say`it is nested more deeply than the tools can read`,
  instead: say`split it into smaller functions or statements`,
};
const TOO_LARGE = {
  what: say`a file this large`,
  why: say`it has more than ${MOST_CHARACTERS} characters`,
  instead: say`compute what you need instead of writing it out`,
};
const TOO_MANY = {
  what: say`this many files`,
  why: say`an attempt has at most ${MOST_FILES}`,
  instead: say`put more into each file`,
};
