import { type KataError, readIndex } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { isByOlderSpec, NO_PROGRESS, readProgress } from "../workspace/progress.ts";
import { type Attempt, findWorkspace, locateAttempt } from "../workspace/workspace.ts";

export interface RegradeChoice {
  readonly slugs?: readonly string[];
  /** Every attempt that is here and was graded whole before. */
  readonly all?: boolean;
}

/**
 * The attempts that are meant: those named, all, or those that an older spec graded.
 * @throws KataError as `locateAttempt`, for one that is named.
 */
export async function attemptsToRegrade(
  ctx: CliContext,
  { slugs = [], all }: RegradeChoice,
): Promise<readonly Attempt[]> {
  if (slugs.length > 0) {
    const named = [...new Set(slugs)];
    return await Promise.all(named.map((slug) => locateAttempt(ctx, slug, undefined, "regrade")));
  }
  const index = await readIndex(ctx);
  const progress = readProgress(ctx, findWorkspace(ctx.cwd));
  const meant = index.filter(({ slug, specHash }) => {
    const reached = progress.get(slug) ?? NO_PROGRESS;
    return reached.best !== undefined && (all === true || isByOlderSpec(reached, specHash));
  });
  const found = await Promise.all(meant.map(({ slug }) => attemptAt(ctx, slug)));
  return found.filter((attempt) => attempt !== undefined);
}

async function attemptAt(ctx: CliContext, slug: string): Promise<Attempt | undefined> {
  try {
    return await locateAttempt(ctx, slug, undefined, "regrade");
  } catch (error) {
    if ((error as KataError).code === "attempt-missing") return undefined;
    throw error;
  }
}
