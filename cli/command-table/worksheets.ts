import { integerFrom } from "../integer-from.ts";
import { collect, type CommandEntry, JSON_OPTION } from "./command-entry.ts";

/** Design-interview worksheets. */
export const WORKSHEETS: readonly CommandEntry[] = [
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
    load: () => import("../commands/worksheet.ts"),
  },
];
