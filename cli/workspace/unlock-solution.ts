import { KataError } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { readRounds } from "../drill/read-rounds.ts";
import { appendEvent, readLines } from "./history.ts";
import { NO_PROGRESS, readProgress } from "./progress.ts";
import { findWorkspace } from "./workspace.ts";

/**
 * Lets our solution be seen after a pass, or when the user gives up, which is recorded. Who looks
 * while a kata is done again from a blank stub has given this go up.
 * @throws KataError `solution-locked`
 */
export function unlockSolution(ctx: CliContext, slug: string, givesUp: boolean): void {
  const workspace = findWorkspace(ctx.cwd);
  const { state } = readProgress(ctx, workspace).get(slug) ?? NO_PROGRESS;
  const isLocked = state === "new" || state === "tried";
  if (isLocked && !givesUp) throw new KataError("solution-locked", { slug });
  if (!isLocked && readRounds(readLines(workspace).lines).get(slug)?.isOpen !== true) return;
  appendEvent(ctx, workspace, { event: "gave-up", kata: slug, at: ctx.now().toISOString() });
}
