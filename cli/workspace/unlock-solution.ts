import { KataError } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { appendEvent } from "./history.ts";
import { NO_PROGRESS, readProgress } from "./progress.ts";
import { findWorkspace } from "./workspace.ts";

/**
 * Lets our solution be seen after a pass, or when the user gives up, which is recorded.
 * @throws KataError `solution-locked`
 */
export function unlockSolution(ctx: CliContext, slug: string, givesUp: boolean): void {
  const workspace = findWorkspace(ctx.cwd);
  const { state } = readProgress(ctx, workspace).get(slug) ?? NO_PROGRESS;
  if (state !== "new" && state !== "tried") return;
  if (!givesUp) throw new KataError("solution-locked", { slug });
  appendEvent(ctx, workspace, { event: "gave-up", kata: slug, at: ctx.now().toISOString() });
}
