import { existsSync, readFileSync } from "node:fs";
import { EXIT, type ExitCode, KataError, findKata, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { pathFrom } from "../report/path-from.ts";
import { createStyle, withoutControls } from "../report/style.ts";
import { unlockSolution } from "../workspace/unlock-solution.ts";
import { requireSlug } from "../workspace/workspace.ts";

export interface SolutionArgs {
  readonly slug?: string;
  readonly giveUp?: boolean;
}

/** Prints the reference and its notes, once the user has passed or given up. */
export async function run(ctx: CliContext, args: SolutionArgs): Promise<ExitCode> {
  const { slug, paths } = await findKata(ctx, await requireSlug(ctx, args.slug, "solution"));
  for (const file of [paths.reference, paths.notes]) {
    if (!existsSync(file))
      throw new KataError("content-broken", { slug, why: say`${file} is missing` });
  }
  unlockSolution(ctx, slug, args.giveUp === true);
  const { bold } = createStyle(ctx.color);
  const code = withoutControls(readFileSync(paths.reference, "utf8")).trimEnd();
  ctx.stdout.write(`${bold(`// ${pathFrom(ctx.cwd, paths.reference)}`)}\n\n${code}\n\n`);
  ctx.stdout.write(renderMarkdown(readFileSync(paths.notes, "utf8"), ctx));
  return EXIT.ok;
}
