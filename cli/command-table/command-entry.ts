import type { ExitCode } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";

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

export const JSON_OPTION: CommandOption = {
  flags: "--json",
  help: "print JSON for another program",
};

/** For an option that may be given as often as you like. */
export function collect(value: string, previous: unknown): readonly string[] {
  return [...((previous as readonly string[] | undefined) ?? []), value];
}
