import { integerFrom } from "../integer-from.ts";
import { collect, type CommandEntry } from "./command-entry.ts";

/** Design-interview worksheets. */
export const WORKSHEETS: readonly CommandEntry[] = [
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
      { flags: "--json", help: "print JSON for another program" },
    ],
    examples: [
      "kata worksheet                      all systems",
      "kata worksheet twitter --set dau=100M --set retention=5y",
      "kata worksheet twitter --for answers",
      "kata worksheet verify               check the definitions (for authors)",
      "kata worksheet new ticket-booking   begin a system of your own",
      "kata worksheet grade worksheets/twitter.md",
    ],
    load: () => import("../commands/worksheet.ts"),
  },
  {
    name: "interview",
    positional: "[system]",
    summary: "hold a timed mock interview on a worksheet",
    options: [
      {
        flags: "--minutes <n>",
        help: "35, 45 (as it is without) or 60",
        parse: integerFrom("interview", "--minutes", { least: 35, most: 60 }),
      },
      { flags: "--level <level>", help: "mid, senior (as it is without) or staff" },
      { flags: "--role <role>", help: "solo (as it is without), interviewer or pair" },
      {
        flags: "--set <name=value>",
        help: "another value for an assumption; give it as often as you like",
        parse: collect,
      },
      {
        flags: "--seed <n>",
        help: "ask the same follow-ups and change the same requirement again",
        parse: integerFrom("interview", "--seed", { least: 0, most: 2 ** 31 - 1 }),
      },
      { flags: "--out <folder>", help: "keep the session there instead of in interviews/" },
      { flags: "--plan", help: "only print the schedule" },
      { flags: "--resume <folder>", help: "go on with a session that was stopped or killed" },
    ],
    examples: [
      "kata interview twitter",
      "kata interview uber --minutes 35 --level mid --plan",
      "kata interview --resume interviews/twitter-20261121-0900",
    ],
    load: () => import("../commands/interview.ts"),
  },
];
