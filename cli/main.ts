#!/usr/bin/env node
// First: messages are said in its language from here on.
import { LANGUAGE_PROBLEMS } from "./messages/choose-language.ts";
import { CommanderError } from "commander";
import { EXIT, type ExitCode, type KataError, say } from "../graders/reading.ts";
import { type CliContext, createContext } from "./context.ts";
import { runProgram } from "./program.ts";
import { createStyle, withoutControls } from "./report/style.ts";
import { wrap } from "./report/wrap.ts";

for (const stream of [process.stdout, process.stderr]) {
  // `kata list | head` closes the pipe early; that is nobody's fault.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const ctx = createContext(process);
for (const problem of LANGUAGE_PROBLEMS) ctx.stderr.write(`${withoutControls(problem)}\n`);
let exit: ExitCode;
try {
  exit = await runProgram(ctx, process.argv.slice(2));
} catch (error) {
  exit = explain(error, ctx);
}
// The test runner sets an exit code of its own and may leave timers behind: end here, once all that
// was printed is out.
process.stdout.write("", () => process.exit(exit));

/** Tells the user what happened and what to type next. */
function explain(error: unknown, { stderr, color, isTty, columns }: CliContext): ExitCode {
  // Commander has printed its own message. It ends a usage error with 1, which means "graded and
  // failed" here.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const { red, dim } = createStyle(color);
  if (isKataError(error)) {
    const fit = (text: string): string =>
      isTty ? wrap(withoutControls(text), columns) : withoutControls(text);
    stderr.write(`${red(fit(error.message))}\n${fit(error.hint)}\n`);
    return error.exit;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(
    `${red(say`kata broke. This is a fault of kata, not of your work.`)}\n${dim(trace)}\n${say`Please report this text with the output of: kata doctor`}\n`,
  );
  return EXIT.bug;
}

/** By name: this file is packed (see pack-main.ts), so the engine may throw its own copy of the class. */
function isKataError(error: unknown): error is KataError {
  return error instanceof Error && error.name === "KataError";
}
