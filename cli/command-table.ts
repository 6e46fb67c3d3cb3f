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
    name: "worksheet",
    positional: "[system] [target]",
    summary: "write and grade design-interview worksheets",
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
      "kata worksheet                      all systems",
      "kata worksheet twitter --set dau=100M --set retention=5y",
      "kata worksheet twitter --for answers",
      "kata worksheet verify               check the definitions (for authors)",
      "kata worksheet new ticket-booking   begin a system of your own",
      "kata worksheet grade worksheets/twitter.md",
    ],
    load: () => import("./commands/worksheet.ts"),
  },
  {
    name: "verify",
    positional: "[slugs...]",
    summary: "check that a kata judges fairly (for authors)",
    options: [{ flags: "--all", help: "check every kata" }, JSON_OPTION],
    examples: ["kata verify bloom-filter", "kata verify --all"],
    load: () => import("./commands/verify.ts"),
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
