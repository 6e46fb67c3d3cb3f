import { Command, Option } from "commander";
import { EXIT, type ExitCode, packageVersion } from "../graders/reading.ts";
import { COMMANDS, type CommandEntry } from "./command-table.ts";
import type { CliContext } from "./context.ts";
import { readShelf } from "./packs/read-shelf.ts";

const WELCOME = `kata grades your answers to system-design exercises, on your own machine.

Begin:   kata start bloom-filter
Edit:    attempts/bloom-filter/bloom-filter.ts
Grade:   kata grade bloom-filter

All katas:     kata list
All commands:  kata --help
`;

/** Runs one command line. @throws CommanderError on a usage error, and whatever the command throws. */
export async function runProgram(ctx: CliContext, argv: readonly string[]): Promise<ExitCode> {
  if (argv.length === 0) {
    ctx.stdout.write(WELCOME);
    return EXIT.ok;
  }
  let exit: ExitCode = EXIT.ok;
  // Only the command that is called, where there is one: `kata list` need not wait for the others.
  const called = COMMANDS.filter(({ name }) => name === argv[0]);
  const commands = called.length > 0 ? called : COMMANDS;
  const program = buildProgram(ctx, commands, (code) => (exit = code));
  await program.parseAsync(argv, { from: "user" });
  return exit;
}

function buildProgram(
  ctx: CliContext,
  commands: readonly CommandEntry[],
  done: (exit: ExitCode) => void,
): Command {
  const program = new Command("kata")
    .description("Grades your answers to system-design exercises, on your own machine.")
    .version(packageVersion(), "-V, --version", "print the version")
    .option("--pack <folder>", "use the katas of this pack, too", collect, [])
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => ctx.stdout.write(text),
      writeErr: (text) => ctx.stderr.write(text),
      getOutHelpWidth: () => ctx.columns,
      getErrHelpWidth: () => ctx.columns,
      getOutHasColors: () => ctx.color,
      getErrHasColors: () => ctx.color,
    })
    .configureHelp({
      minWidthToWrap: 20,
      subcommandTerm: (command) =>
        `${command.name()} ${command.usage().replace("[options]", "").trim()}`.trimEnd(),
    })
    .showHelpAfterError("See the commands: kata --help")
    .addHelpText("after", "\nStart here: kata start bloom-filter");
  for (const entry of commands) addCommand(program, entry, ctx, done);
  return program;
}

function addCommand(
  program: Command,
  { name, positional, summary, options, examples, load }: CommandEntry,
  ctx: CliContext,
  done: (exit: ExitCode) => void,
): void {
  const command = program
    .command(positional === undefined ? name : `${name} ${positional}`)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .summary(summary)
    .showHelpAfterError(`See the options: kata ${name} --help`)
    .addHelpText("after", ["", "Examples:", ...examples.map((line) => `  ${line}`)].join("\n"));
  for (const { flags, help, parse } of options) {
    const option = new Option(flags, help);
    if (parse !== undefined) option.argParser(parse);
    command.addOption(option);
  }
  command.action(async () => {
    const args: Record<string, unknown> = { ...command.opts() };
    command.registeredArguments.forEach((argument, index) => {
      const value: unknown = command.processedArgs[index];
      if (value !== undefined) args[argument.name()] = value;
    });
    const { pack } = program.opts<{ pack: readonly string[] }>();
    const { run } = await load();
    done(await run({ ...ctx, packs: readShelf(ctx, pack) }, args as never));
  });
}

/** For an option that may be given several times. */
function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
