import type { CommandEntry } from "../command-table/command-entry.ts";

/** What there is to choose from, where the command table names a kind of thing: `<slug>`, `<level>`. */
export interface Choices {
  /** The values of a kind; undefined for one that cannot be listed, such as a file. */
  (kind: string): readonly string[] | undefined;
}

const GLOBAL_OPTIONS = ["--help", "--pack", "--plain", "--version"];
const HELP = ["--help"];

/**
 * The candidates for the last word of a line (`kata` itself left out), which may be empty. All is read
 * from the table of commands: names, options, and the kinds of their values.
 */
export function completeWords(
  words: readonly string[],
  commands: readonly CommandEntry[],
  choices: Choices,
): string[] {
  const current = words.at(-1) ?? "";
  const before = skipGlobals(words.slice(0, -1));
  const [name, ...rest] = before;
  const fitting = (candidates: readonly string[] = []): string[] =>
    [...new Set(candidates)].filter((word) => word.startsWith(current)).toSorted();
  if (name === undefined || name === "help") {
    if (current.startsWith("-")) return fitting(GLOBAL_OPTIONS);
    return rest.length > 0 ? [] : fitting(commands.map((command) => command.name));
  }
  const command = commands.find((entry) => entry.name === name);
  if (command === undefined) return [];
  const flags = command.options.map((option) => readFlags(option.flags));
  const given = operands(rest, flags);
  const slots = readSlots(command.positional ?? "");
  const asked = flags.find((flag) => flag.name === rest.at(-1));
  if (asked?.value !== undefined) return fitting(choices(kindOf(asked)));
  if (current.startsWith("-")) return fitting([...flags.map((flag) => flag.name), ...HELP]);
  const slot = slots[given.length] ?? slots.find(({ isRest }) => isRest);
  return slot === undefined ? [] : fitting(choices(kindAt(name, slot.kind)));
}

interface Flag {
  readonly name: string;
  /** The kind of its value, when it takes one. */
  readonly value: string | undefined;
}

function readFlags(flags: string): Flag {
  const [name = "", value] = flags.split(" ");
  return { name, value: value?.replace(/[<>[\].]/g, "") };
}

/** A `name` is anybody's, but for this one. */
function kindOf({ name, value = "" }: Flag): string {
  return name === "--chapter" ? "chapter" : value;
}

function readSlots(positional: string): { kind: string; isRest: boolean }[] {
  return positional
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => ({ kind: word.replace(/[<>[\].]/g, ""), isRest: word.includes("...") }));
}

/** The words that are neither options nor values of one. */
function operands(words: readonly string[], flags: readonly Flag[]): string[] {
  return words.filter((word, index) => {
    const before = flags.find((flag) => flag.name === words[index - 1]);
    return !word.startsWith("-") && before?.value === undefined;
  });
}

/** Without options of kata itself, which may stand before the command. */
function skipGlobals(words: readonly string[]): readonly string[] {
  let index = 0;
  while (words[index]?.startsWith("-") === true) index += words[index] === "--pack" ? 2 : 1;
  return words.slice(index);
}

/** An `action` or a `target` means something else with each command. */
function kindAt(command: string, kind: string): string {
  return kind === "action" ? `${command} action` : kind;
}
