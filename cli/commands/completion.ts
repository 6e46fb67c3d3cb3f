import { readFileSync } from "node:fs";
import {
  EXIT,
  type ExitCode,
  findKata,
  KataError,
  LEVEL_ORDER,
  type LibraryEntry,
  readIndex,
  say,
} from "../../graders/reading.ts";
import { COMMAND_GROUPS } from "../command-table/commands.ts";
import { completeWords, type Choices } from "../completion/complete-words.ts";
import { SHELL_SCRIPTS } from "../completion/shell-scripts.ts";
import type { CliContext } from "../context.ts";
import { findProperties } from "../find-properties.ts";
import { findSystems } from "../worksheet/definition/find-systems.ts";
import { findWorkspace } from "../workspace/workspace.ts";

interface Args {
  readonly shell?: string;
  readonly words?: readonly string[];
}

const SHELLS = Object.keys(SHELL_SCRIPTS);

/** Prints the script of a shell, or, for that script, the candidates for the last of the words. */
export async function run(ctx: CliContext, { shell, words = [] }: Args): Promise<ExitCode> {
  if (shell === "words") {
    const commands = COMMAND_GROUPS.flatMap(([, entries]) => entries);
    const index = await readIndex(ctx);
    const properties = await propertiesOf(ctx, index, words);
    const found = completeWords(words, commands, choicesOf(ctx, index, properties));
    ctx.stdout.write(found.map((word) => `${word}\n`).join(""));
    return EXIT.ok;
  }
  const known = SHELLS.find((name): name is keyof typeof SHELL_SCRIPTS => name === shell);
  if (known === undefined) {
    const why = say`name one of ${SHELLS.join(", ")}`;
    const value = shell === undefined ? say`nothing` : `"${shell}"`;
    throw new KataError("bad-option", {
      option: say`The shell`,
      value,
      why,
      command: "completion",
    });
  }
  ctx.stdout.write(SHELL_SCRIPTS[known]);
  return EXIT.ok;
}

/** The properties of the kata that the line names, if any. */
async function propertiesOf(
  ctx: CliContext,
  index: readonly LibraryEntry[],
  words: readonly string[],
): Promise<readonly string[]> {
  const slug = words.slice(0, -1).find((word) => index.some((entry) => entry.slug === word));
  if (slug === undefined) return [];
  const { paths } = await findKata(ctx, slug);
  return findProperties(readFileSync(paths.spec, "utf8")).map(({ id }) => id);
}

function choicesOf(
  ctx: CliContext,
  index: readonly LibraryEntry[],
  properties: readonly string[],
): Choices {
  return (kind) => {
    switch (kind) {
      case "slug":
      case "slugs":
        return index.map(({ slug }) => slug);
      case "property":
        return properties;
      case "level":
        return LEVEL_ORDER;
      case "chapter":
        return [...new Set(index.map(({ chapter }) => chapter))];
      case "system":
        return [...findSystems(findWorkspace(ctx.cwd)).keys(), "list", "grade", "verify", "new"];
      case "pack action":
        return ["add", "list", "new", "remove"];
      case "group action":
        return ["init"];
      case "shell":
        return SHELLS;
      case "reader":
        return ["answers", "candidate", "interviewer"];
      case "format":
        return ["html", "md"];
      default:
        return undefined;
    }
  };
}
