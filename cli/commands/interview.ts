import type { ExitCode } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { findWorkspace } from "../workspace/workspace.ts";
import { holdInterview } from "../worksheet/interview/hold-interview.ts";
import { readLines } from "../worksheet/interview/line-source.ts";
import type { InterviewArgs } from "../worksheet/interview/open-session.ts";

/** Holds a timed mock interview; without a terminal, prints its schedule. */
export async function run(ctx: CliContext, args: InterviewArgs): Promise<ExitCode> {
  const { stdin, stdout } = process;
  const isTyped = stdin.isTTY === true && ctx.isTty;
  const lines = isTyped ? () => readLines(stdin, stdout) : undefined;
  return holdInterview(ctx, findWorkspace(ctx.cwd), args, lines);
}
