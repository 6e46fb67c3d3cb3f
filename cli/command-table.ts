import type { ExitCode } from "../graders/reading.ts";
import type { CliContext } from "./context.ts";
import { integerFrom } from "./integer-from.ts";

/** What a command module exports. Each declares the arguments that it reads. */
interface CommandModule {
  run(ctx: CliContext, args: never): Promise<ExitCode>;
}

export interface CommandOption {
  readonly flags: string;
  readonly help: string;
  /** Turns the text into a value; `previous` is that of the same option before. @throws KataError `bad-option`. */
  readonly parse?: (value: string, previous: unknown) => unknown;
}

export interface CommandEntry {
  readonly name: string;
  /** As commander writes them; they reach the command by name, in camelCase. */
  readonly positional?: string;
  readonly summary: string;
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  readonly load: () => Promise<CommandModule>;
}

const JSON_OPTION: CommandOption = { flags: "--json", help: "print JSON for another program" };

/** For an option that may be given as often as you like. */
function collect(value: string, previous: unknown): readonly string[] {
  return [...((previous as readonly string[] | undefined) ?? []), value];
}

/** Every command, in the order a candidate meets them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "list",
    summary: "show the katas and where you stand with each",
    options: [
      { flags: "--chapter <name>", help: "only the katas of one chapter" },
      { flags: "--level <level>", help: "only beginner, intermediate or advanced" },
      JSON_OPTION,
    ],
    examples: ["kata list", "kata list --level beginner"],
    load: () => import("./commands/list.ts"),
  },
  {
    name: "show",
    positional: "<slug>",
    summary: "read the statement of a kata",
    options: [{ flags: "--raw", help: "print the Markdown as it is, hints included" }],
    examples: ["kata show bloom-filter", "kata show bloom-filter --raw > bloom-filter.md"],
    load: () => import("./commands/show.ts"),
  },
  {
    name: "start",
    positional: "<slug>",
    summary: "write a stub to fill in, never over your work",
    options: [
      { flags: "--dir <folder>", help: "put it there instead of in attempts/" },
      { flags: "--again", help: "begin anew; your work is kept beside it" },
      {
        flags: "--timed <minutes>",
        help: "run an interview clock; going over is noted, never cut off",
        parse: integerFrom("start", "--timed", { least: 1, most: 600 }),
      },
    ],
    examples: ["kata start bloom-filter", "kata start bloom-filter --again"],
    load: () => import("./commands/start.ts"),
  },
  {
    name: "grade",
    positional: "[slug]",
    summary: "grade your attempt: properties, then budgets",
    options: [
      { flags: "--file <path>", help: "grade this file instead of the one in attempts/" },
      { flags: "--only <property>", help: "judge one property" },
      {
        flags: "--seed <n>",
        help: "draw the same random inputs again",
        parse: integerFrom("grade", "--seed", { least: -(2 ** 31), most: 2 ** 31 - 1 }),
      },
      {
        flags: "--runs <n>",
        help: "random inputs for each property",
        parse: integerFrom("grade", "--runs", { least: 1, most: 1_000_000 }),
      },
      { flags: "--replay <token>", help: "replay one failure from a report" },
      { flags: "--no-budget", help: "leave the time budgets out" },
      { flags: "--no-pins", help: "random inputs only, without pinned ones (for authors)" },
      { flags: "--html <file>", help: "also write the report as a page, diagrams included" },
      JSON_OPTION,
    ],
    examples: [
      "kata grade bloom-filter",
      "kata grade            in attempts/bloom-filter",
      "kata grade bloom-filter --only no-false-negatives",
    ],
    load: () => import("./commands/grade.ts"),
  },
  {
    name: "trace",
    positional: "<slug>",
    summary: "watch a cluster at work: the example, or a failure",
    options: [
      { flags: "--mine", help: "as your attempt plays it, not our solution" },
      { flags: "--file <path>", help: "as this file plays it" },
      { flags: "--replay <token>", help: "a failure of your attempt, from a report" },
      { flags: "--mermaid", help: "print the source of a Mermaid diagram" },
      { flags: "--html <file>", help: "also write it as a page with a diagram" },
      JSON_OPTION,
    ],
    examples: ["kata trace raft-election", "kata trace raft-election --replay <token>"],
    load: () => import("./commands/trace.ts"),
  },
  {
    name: "watch",
    positional: "[slug]",
    summary: "grade at every save, with a key for everything else",
    options: [{ flags: "--poll", help: "look at the file again and again, where no events come" }],
    examples: ["kata watch bloom-filter"],
    load: () => import("./commands/watch.ts"),
  },
  {
    name: "hint",
    positional: "[slug]",
    summary: "show the next hint, one at a time",
    options: [],
    examples: ["kata hint bloom-filter"],
    load: () => import("./commands/hint.ts"),
  },
  {
    name: "solution",
    positional: "[slug]",
    summary: "show a solution and its notes, after you pass",
    options: [{ flags: "--give-up", help: "show it now; this is recorded" }],
    examples: ["kata solution bloom-filter"],
    load: () => import("./commands/solution.ts"),
  },
  {
    name: "where",
    positional: "<slug> [property]",
    summary: "find the files and lines behind a kata",
    options: [JSON_OPTION],
    examples: ["kata where bloom-filter", "kata where bloom-filter no-false-negatives"],
    load: () => import("./commands/where.ts"),
  },
  {
    name: "share",
    summary: "write your best grades to a file, for a group to compare",
    options: [
      { flags: "--as <name>", help: "the name that the others see; a pseudonym is fine" },
      { flags: "--to <folder>", help: "the group's folder; here when left out" },
      { flags: "--with-source", help: "add your code, so that others can grade it again" },
    ],
    examples: ["kata share --as ada --to ../our-group"],
    load: () => import("./commands/share.ts"),
  },
  {
    name: "group",
    positional: "<action> <dir>",
    summary: "prepare a folder in which a group shares its grades",
    options: [],
    examples: ["kata group init ../our-group"],
    load: () => import("./commands/group.ts"),
  },
  {
    name: "compare",
    positional: "<files...>",
    summary: "compare the grades of a group, kata by kata",
    options: [
      { flags: "--kata <slug>", help: "one kata, property by property" },
      { flags: "--regrade", help: "grade shared sources again and mark what differs" },
      { flags: "--html <file>", help: "write the board as a page" },
      { flags: "--csv", help: "print CSV for a spreadsheet" },
      JSON_OPTION,
    ],
    examples: ["kata compare ../our-group", "kata compare ada.kata.json bob.kata.json --csv"],
    load: () => import("./commands/compare.ts"),
  },
  {
    name: "new",
    positional: "<slug>",
    summary: "write every file of a new kata (for authors)",
    options: [
      { flags: "--chapter <name>", help: "the chapter it belongs to" },
      { flags: "--title <text>", help: "what it is, in a few words" },
      { flags: "--level <level>", help: "beginner, intermediate or advanced" },
      { flags: "--difficulty <n>", help: "from 1 to 5" },
      { flags: "--minutes <n>", help: "time for a prepared candidate" },
      { flags: "--plan <week.day>", help: "place in the 35-day plan" },
      { flags: "--kind <kind>", help: "data-structure, policy, codec, simulation, …" },
      { flags: "--class <Name>", help: "the class that a candidate writes" },
    ],
    examples: ["kata new bloom-filter", "kata new bloom-filter --chapter probabilistic"],
    load: () => import("./commands/new.ts"),
  },
  {
    name: "worksheet",
    positional: "[system] [target]",
    summary: "write a design-interview worksheet, computed and gradable",
    options: [
      { flags: "--for <reader>", help: "candidate (as it is without), interviewer or answers" },
      { flags: "--format <format>", help: "md, or html: one page that can be filled and printed" },
      {
        flags: "--set <name=value>",
        help: "another value for an assumption; give it as often as you like",
        parse: collect,
      },
      { flags: "--set-file <file>", help: "values for assumptions from a JSON file" },
      { flags: "--out <file>", help: "write it there instead of in worksheets/; - prints it" },
      { flags: "--hints", help: "show formulas and what there is to decide" },
      { flags: "--no-hints", help: "grade: leave out what is only found by keywords" },
      {
        flags: "--threshold <percent>",
        help: "grade: share of the computed and matched points to reach, 60 as it is",
        parse: integerFrom("worksheet", "--threshold", { least: 0, most: 100 }),
      },
      {
        flags: "--accept <hint>",
        help: "grade: count a hint by hand, as bottlenecks.hotLink; kept beside the file",
        parse: collect,
      },
      { flags: "--reject <hint>", help: "grade: do not count it", parse: collect },
      { flags: "--by <name>", help: "grade: who ruled so" },
      { flags: "--binary", help: "print KiB, MiB, ... instead of KB, MB, ..." },
      JSON_OPTION,
    ],
    examples: [
      "kata worksheet                    all systems",
      "kata worksheet twitter --set dau=100M --set retention=5y",
      "kata worksheet twitter --for answers",
      "kata worksheet grade worksheets/twitter.md",
    ],
    load: () => import("./commands/worksheet.ts"),
  },
  {
    name: "verify",
    positional: "[slugs...]",
    summary: "check that a kata judges fairly (for authors)",
    options: [
      { flags: "--all", help: "check every kata" },
      { flags: "--changed", help: "check the katas that changed since the base commit" },
      { flags: "--base <ref>", help: "the commit that ids are compared with" },
      { flags: "--fresh", help: "check again what was proved before" },
      { flags: "--html <file>", help: "write who catches whom as a page, with counterexamples" },
      { flags: "--junit <file>", help: "write the findings as JUnit XML" },
      { flags: "--mutants", help: "change the reference in small ways: which does no one notice?" },
      { flags: "--equivalent <id>", help: "record that nobody can notice this mutant" },
      { flags: "--reason <why>", help: "why nobody can" },
      JSON_OPTION,
    ],
    examples: [
      "kata verify bloom-filter",
      "kata verify --changed",
      "kata verify --mutants bloom-filter",
    ],
    load: () => import("./commands/verify.ts"),
  },
  {
    name: "pack",
    positional: "[action] [name]",
    summary: "use katas of other people: list, add, remove; or make a pack: new",
    options: [
      { flags: "--author <name>", help: "with new: who it is by; else what git says" },
      { flags: "--license <id>", help: "with new: its licence, an SPDX identifier; else MIT" },
      JSON_OPTION,
    ],
    examples: [
      "kata pack add ../acme-katas     a folder",
      "kata pack add kata-pack-acme    a package that npm install has put here",
      "kata pack list",
      "kata pack remove acme",
      "kata pack new acme",
      "kata --pack ../acme-katas list  without adding it",
    ],
    load: () => import("./commands/pack.ts"),
  },
  {
    name: "docs",
    summary: "write the generated parts of the documents (for authors)",
    options: [{ flags: "--check", help: "write nothing; exit 1 when something is out of date" }],
    examples: ["kata docs", "kata docs --check"],
    load: () => import("./commands/docs.ts"),
  },
  {
    name: "doctor",
    summary: "check that this machine can grade",
    options: [JSON_OPTION],
    examples: ["kata doctor"],
    load: () => import("./commands/doctor.ts"),
  },
];
