import { existsSync, readFileSync } from "node:fs";
import { EXIT, type ExitCode, KataError, findKata } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { readRounds } from "../drill/read-rounds.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { pathFrom } from "../report/path-from.ts";
import { createStyle, withoutControls } from "../report/style.ts";
import { appendEvent, readLines } from "../workspace/history.ts";
import { NO_PROGRESS, readProgress } from "../workspace/progress.ts";
import { findWorkspace, requireSlug } from "../workspace/workspace.ts";

export interface SolutionArgs {
  readonly slug?: string;
  readonly giveUp?: boolean;
}

/** Prints the reference and its notes, once the user has passed or given up. */
export async function run(ctx: CliContext, args: SolutionArgs): Promise<ExitCode> {
  const { slug, paths } = await findKata(ctx, await requireSlug(ctx, args.slug, "solution"));
  for (const file of [paths.reference, paths.notes]) {
    if (!existsSync(file))
      throw new KataError("content-broken", { slug, why: `${file} is missing` });
  }
  const workspace = findWorkspace(ctx.cwd);
  const { state } = readProgress(ctx, workspace).get(slug) ?? NO_PROGRESS;
  const isLocked = state === "new" || state === "tried";
  if (isLocked && args.giveUp !== true) throw new KataError("solution-locked", { slug });
  // Who looks while it is done again from a blank stub has given this go up.
  if (isLocked || readRounds(readLines(workspace).lines).get(slug)?.isOpen === true) {
    const at = ctx.now().toISOString();
    appendEvent(ctx, workspace, { event: "gave-up", kata: slug, at });
  }
  const { bold } = createStyle(ctx.color);
  const code = withoutControls(readFileSync(paths.reference, "utf8")).trimEnd();
  ctx.stdout.write(`${bold(`// ${pathFrom(ctx.cwd, paths.reference)}`)}\n\n${code}\n\n`);
  ctx.stdout.write(renderMarkdown(readFileSync(paths.notes, "utf8"), ctx));
  return EXIT.ok;
}
