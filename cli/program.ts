import { Command, Option } from "commander";
import { EXIT, type ExitCode, packageVersion } from "../graders/reading.ts";
import type { CommandEntry } from "./command-table/command-entry.ts";
import { COMMAND_GROUPS } from "./command-table/commands.ts";
import type { CliContext } from "./context.ts";
import { readShelf } from "./packs/read-shelf.ts";
import { usePlain } from "./report/marks.ts";
import { readLines } from "./workspace/history.ts";
import { findWorkspace } from "./workspace/workspace.ts";

const WELCOME = `kata grades your answers to system-design exercises, on your own machine.

Begin:   kata start bloom-filter
Edit:    attempts/bloom-filter/bloom-filter.ts
Grade:   kata grade bloom-filter

All katas:     kata list
All commands:  kata --help
`;

/** Runs one command line. @throws CommanderError on a usage error, and whatever the command throws. */
export async function runProgram(ctx: CliContext, argv: readonly string[]): Promise<ExitCode> {
  if (argv.every((word) => word === "--plain")) {
    if (argv.length > 0) usePlain();
    const isNew = readLines(findWorkspace(ctx.cwd)).lines.length === 0;
    if (!isNew) return await (await import("./loop/welcome.ts")).welcome(ctx);
    ctx.stdout.write(WELCOME);
    return EXIT.ok;
  }
  let exit: ExitCode = EXIT.ok;
  // Only the command that is called, where there is one: `kata list` need not wait for the others.
  const called = COMMAND_GROUPS.map(
    ([heading, entries]) => [heading, entries.filter(({ name }) => name === argv[0])] as const,
  ).filter(([, entries]) => entries.length > 0);
  const groups = called.length > 0 ? called : COMMAND_GROUPS;
  const program = buildProgram(ctx, groups, (code) => (exit = code));
  await program.parseAsync(argv, { from: "user" });
  return exit;
}

function buildProgram(
  ctx: CliContext,
  groups: typeof COMMAND_GROUPS,
  done: (exit: ExitCode) => void,
): Command {
  const program = new Command("kata")
    .description("Grades your answers to system-design exercises, on your own machine.")
    .version(packageVersion(), "-V, --version", "print the version")
    .option("--pack <folder>", "use the katas of this pack, too", collect, [])
    .option("--plain", "words for marks, and no bars; or set KATA_PLAIN")
    .on("option:plain", usePlain)
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
  for (const [heading, entries] of groups) {
    program.commandsGroup(heading);
    for (const entry of entries) addCommand(program, entry, ctx, done);
  }
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
