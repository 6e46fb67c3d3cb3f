import { EXIT, type ExitCode, readIndex } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { planDrills } from "../drill/plan-drills.ts";
import { chooseNext } from "../loop/next-kata.ts";
import { statusText } from "../report/status-text.ts";
import { readLines } from "../workspace/history.ts";
import { NO_PROGRESS, readProgress } from "../workspace/progress.ts";
import { findWorkspace } from "../workspace/workspace.ts";

interface Args {
  readonly json?: boolean;
}

/** Where the user stands: what is passed, what is begun, what comes next. */
export async function run(ctx: CliContext, { json }: Args): Promise<ExitCode> {
  const index = (await readIndex(ctx)).filter(({ status }) => status !== "draft");
  const workspace = findWorkspace(ctx.cwd);
  const all = readProgress(ctx, workspace);
  const progressOf = (slug: string): typeof NO_PROGRESS => all.get(slug) ?? NO_PROGRESS;
  const next = chooseNext(index, progressOf);
  const begun = index
    .filter(({ slug }) => progressOf(slug).state === "tried")
    .map(({ slug }) => ({ slug, best: progressOf(slug).best ?? 0 }));
  const passed = index.filter(({ slug }) => progressOf(slug).state === "passed").length;
  const drills = await planDrills(readLines(workspace).lines, index, ctx.now());
  const due = drills.filter(({ inDays }) => inDays <= 0).map(({ slug }) => slug);
  const status = { katas: index.length, passed, begun, due, next: next ?? null };
  ctx.stdout.write(
    json === true
      ? `${JSON.stringify({ schemaVersion: 1, ...status }, null, 2)}\n`
      : statusText(status, ctx),
  );
  return EXIT.ok;
}
