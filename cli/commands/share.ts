import { EXIT, type ExitCode, KataError, say, sayCount } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { bestGrades } from "../group/best-grades.ts";
import { withSources } from "../group/with-sources.ts";
import { writeShare } from "../group/write-share.ts";
import { pathFrom } from "../report/path-from.ts";
import { readHistory, readLines, warnOfDamage } from "../workspace/history.ts";
import { readStories } from "../workspace/stories.ts";
import { findWorkspace } from "../workspace/workspace.ts";

interface Args {
  readonly as?: string;
  readonly to?: string;
  readonly withSource?: boolean;
}

/** Writes one file with the best grade of each kata, for a group to compare. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const workspace = findWorkspace(ctx.cwd);
  const { reports, damaged } = await readHistory(workspace);
  warnOfDamage(ctx, workspace, { damaged, problem: undefined });
  const best = bestGrades(reports, readStories(readLines(workspace).lines));
  if (best.length === 0) throw new KataError("nothing-to-share", {});
  const { grades, missing } =
    args.withSource === true ? withSources(best, reports) : { grades: best, missing: [] };
  const file = writeShare(ctx, grades, args);
  for (const kata of missing) {
    ctx.stderr.write(say`The source of ${kata} is not the one that was graded best: left out.\n`);
  }
  const what = args.withSource === true ? say`with their sources` : say`no source`;
  const count = sayCount(grades.length, "{n} grade", "{n} grades");
  ctx.stdout.write(say`Wrote ${pathFrom(ctx.cwd, file)}: ${count}, ${what}.\n`);
  ctx.stdout.write(say`Compare: kata compare ${args.to ?? say`<folder with everybody's files>`}\n`);
  return EXIT.ok;
}
