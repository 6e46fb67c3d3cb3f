import { GradeReport } from "../../graders/index.ts";
import { ERRORS, LEVEL_ORDER } from "../../graders/reading.ts";
import { JSON_OPTION } from "../command-table/command-entry.ts";
import { COMMAND_GROUPS } from "../command-table/commands.ts";
import { WEEKDAYS } from "../plan/calendar-date.ts";
import { COMMANDER_ERRORS, COMMANDER_TITLES } from "./commander-words.ts";

/** Messages that stand in tables, by file: errors, commands, and ids that are shown as words. */
export function knownMessages(): readonly (readonly [string, readonly string[]])[] {
  const { verdict, reason, properties, budgets } = GradeReport.shape;
  return [
    ["graders/model/error-table.ts", Object.values(ERRORS).flatMap((one) => [one.title, one.hint])],
    [
      "graders/model/grade-report.ts",
      [
        ...verdict.options,
        ...reason.unwrap().options,
        ...properties.element.shape.outcome.options,
        ...budgets.element.shape.outcome.options,
      ],
    ],
    ["graders/catalog/read-index.ts", LEVEL_ORDER],
    ["cli/plan/calendar-date.ts", WEEKDAYS],
    ["cli/commands/where.ts", ["statement", "stub", "spec", "bench", "solution", "notes"]],
    ["cli/report/drill-text.ts", ["again", "hard", "good", "easy"]],
    ["cli/report/review-text.ts", ["yours", "reference"]],
    ["cli/messages/commander-words.ts", [...COMMANDER_TITLES, ...COMMANDER_ERRORS]],
    ["cli/command-table/command-entry.ts", [JSON_OPTION.help]],
    ...COMMAND_GROUPS.map(([heading, entries]): readonly [string, readonly string[]] => [
      "cli/command-table/commands.ts",
      [
        heading,
        ...entries.flatMap(({ summary, options, examples }) => [
          summary,
          ...options.filter((option) => option !== JSON_OPTION).map(({ help }) => help),
          // An example with a remark.
          ...examples.filter((line) => /\S {2,}\S/.test(line)),
        ]),
      ],
    ]),
  ];
}
