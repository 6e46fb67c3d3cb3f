import { Command, Option } from "commander";
import { EXIT, type ExitCode, packageVersion, say, sayKnown } from "../graders/reading.ts";
import type { CommandEntry } from "./command-table/command-entry.ts";
import { COMMAND_GROUPS } from "./command-table/commands.ts";
import type { CliContext } from "./context.ts";
import { sayCommanderError } from "./messages/commander-words.ts";
import { readShelf } from "./packs/read-shelf.ts";
import { usePlain } from "./report/marks.ts";
import { readLines } from "./workspace/history.ts";
import { findWorkspace } from "./workspace/workspace.ts";

const welcomeText =
  (): string => say`kata grades your answers to system-design exercises, on your own machine.

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
    ctx.stdout.write(welcomeText());
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
    .description(say`Grades your answers to system-design exercises, on your own machine.`)
    .version(packageVersion(), "-V, --version", say`print the version`)
    .option("--pack <folder>", say`use the katas of this pack, too`, collect, [])
    .option("--plain", say`words for marks, and no bars; or set KATA_PLAIN`)
    .on("option:plain", usePlain)
    .helpOption("-h, --help", say`print this help`)
    .helpCommand("help [command]", say`print the help of a command`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => ctx.stdout.write(text),
      writeErr: (text) => ctx.stderr.write(text),
      outputError: (text, write) => write(sayCommanderError(text)),
      getOutHelpWidth: () => ctx.columns,
      getErrHelpWidth: () => ctx.columns,
      getOutHasColors: () => ctx.color,
      getErrHasColors: () => ctx.color,
    })
    .configureHelp({
      minWidthToWrap: 20,
      styleTitle: sayTitle,
      styleOptionDescription: sayDefault,
      subcommandTerm: (command) =>
        `${command.name()} ${command.usage().replace("[options]", "").trim()}`.trimEnd(),
    })
    .showHelpAfterError(say`See the commands: kata --help`)
    .addHelpText("after", `\n${say`Start here: kata start bloom-filter`}`);
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
  const told = sayKnown(summary);
  const command = program
    .command(positional === undefined ? name : `${name} ${positional}`)
    .description(`${told.charAt(0).toUpperCase()}${told.slice(1)}.`)
    .summary(told)
    .showHelpAfterError(say`See the options: kata ${name} --help`)
    .addHelpText(
      "after",
      ["", say`Examples:`, ...examples.map((line) => `  ${sayKnown(line)}`)].join("\n"),
    );
  for (const { flags, help, parse } of options) {
    const option = new Option(flags, sayKnown(help));
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

/** Commander adds what an option is when it is left out. */
function sayDefault(description: string): string {
  return description.replace("(default:", () => `(${say`default`}:`);
}

function sayTitle(title: string): string {
  return sayKnown(title);
}

/** For an option that may be given several times. */
function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
