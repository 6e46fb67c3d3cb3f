import { sayKnown } from "../../graders/reading.ts";

/** Headings of a command's help that commander writes itself. */
export const COMMANDER_TITLES: readonly string[] = [
  "Usage:",
  "Arguments:",
  "Options:",
  "Commands:",
];

/** What commander says of a command line that it cannot read, line by line. */
export const COMMANDER_ERRORS: readonly string[] = [
  "error: missing required argument '{name}'",
  "error: option '{flags}' argument missing",
  "error: unknown option '{option}'",
  "error: unknown command '{command}'",
  "error: too many arguments for '{command}'. Expected {most} argument but got {given}.",
  "error: too many arguments for '{command}'. Expected {most} arguments but got {given}.",
  "(Did you mean {name}?)",
  "(Did you mean one of {names}?)",
];

/** An error of commander in the language that is spoken. */
export function sayCommanderError(text: string): string {
  return text.split("\n").map(sayLine).join("\n");
}

function sayLine(line: string): string {
  for (const known of COMMANDER_ERRORS) {
    const pattern = known.replaceAll(/[.?()]/g, "\\$&").replaceAll(/\{(\w+)\}/g, "(?<$1>.*)");
    const match = new RegExp(`^${pattern}$`).exec(line);
    if (match !== null) return sayKnown(known, match.groups ?? {});
  }
  return line;
}
