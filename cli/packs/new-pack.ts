import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  KataError,
  PACKAGE_ROOT,
  PACK_FORMAT,
  isSlug,
  packageVersion,
  say,
} from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { pathFrom } from "../report/path-from.ts";
import { shellWord } from "../report/shell-word.ts";
import { render } from "../scaffold/render.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

interface NewPack {
  readonly author?: string;
  readonly license?: string;
}

const TEMPLATE = "pack";

/**
 * Writes a pack with one example kata, ready for npm, into a new folder.
 * @throws KataError `bad-option` or `cannot-write`.
 */
export function newPack(ctx: CliContext, namespace: string, options: NewPack): void {
  if (!isSlug(namespace)) {
    const why = say`a pack's name is kebab-case, of at most 40 letters: acme, or acme-storage`;
    throw new KataError("bad-option", { ...NEW, value: `"${namespace}"`, why });
  }
  const license = options.license ?? "MIT";
  if (!/^[\w.+() -]{1,80}$/.test(license)) {
    const why = say`give an SPDX identifier, such as MIT or CC-BY-4.0`;
    throw new KataError("bad-option", {
      option: "--license",
      value: license,
      why,
      command: "pack",
    });
  }
  const author = options.author?.trim() || authorByGit(ctx.cwd);
  if (author === undefined || !/^\P{Cc}{1,100}$/u.test(author)) {
    const why = say`say who the pack is by: --author <name>`;
    throw new KataError("bad-option", {
      option: "--author",
      value: say`nothing`,
      why,
      command: "pack",
    });
  }
  const dir = resolve(ctx.cwd, namespace);
  const files = fill(templateFiles(), describe(namespace, author, license));
  writeAll(ctx.cwd, dir, files);
  const shown = pathFrom(ctx.cwd, dir);
  ctx.stdout.write(
    `${[
      say`Wrote the pack ${namespace} to ${shown}, with one example kata.`,
      "",
      say`Go:      cd ${shellWord(shown)}`,
      say`Prove:   kata --pack . verify ${namespace}`,
      say`Add:     kata --pack . new <slug>`,
      say`Try:     kata pack add ${shellWord(shown)}   in a folder of attempts`,
      say`Publish: npm publish`,
    ].join("\n")}\n`,
  );
}

const NEW = { option: "pack new", command: "pack" };

function describe(
  namespace: string,
  author: string,
  license: string,
): Readonly<Record<string, string>> {
  const { dependencies } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return {
    namespace,
    package: `kata-pack-${namespace}`,
    description: `System-design katas for kata: ${namespace}.`,
    author,
    license,
    licenseText: license === "MIT" ? mitText(author) : noteOn(license, author),
    format: String(PACK_FORMAT),
    verify: `kata --pack . verify ${namespace}`,
    kata: `>=${packageVersion()}`,
    fastCheck: dependencies["fast-check"] ?? "*",
  };
}

/** kata's own licence is the MIT licence: the same words, for somebody else. */
function mitText(author: string): string {
  const text = readFileSync(join(PACKAGE_ROOT, "LICENSE"), "utf8").trimEnd();
  return text.replace(/^Copyright .*$/m, `Copyright (c) ${author}`);
}

function noteOn(license: string, author: string): string {
  return `Copyright (c) ${author}. Licensed under ${license}.\n\nPut the text of that licence here before you publish.`;
}

/** Names of the template's files below its folder; each ends in `.hbs`. */
function templateFiles(): string[] {
  const root = join(PACKAGE_ROOT, "templates", TEMPLATE);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

function fill(
  names: readonly string[],
  data: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(
    names.map((name) => [name.replace(/\.hbs$/, ""), render(join(TEMPLATE, name), data)]),
  );
}

function writeAll(cwd: string, dir: string, files: ReadonlyMap<string, string>): void {
  if (existsSync(dir)) {
    const why = say`${pathFrom(cwd, dir)} exists already, and nothing is written over`;
    throw new KataError("bad-option", { ...NEW, value: pathFrom(cwd, dir), why });
  }
  try {
    for (const [name, text] of files) {
      const file = join(dir, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  } catch (error) {
    throw cannotWrite(pathFrom(cwd, dir), error);
  }
}

/** Who git says works here; undefined where it says nothing, or is not there. */
function authorByGit(cwd: string): string | undefined {
  try {
    const name = execFileSync("git", ["config", "user.name"], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return name.trim() || undefined;
  } catch {
    return undefined;
  }
}
