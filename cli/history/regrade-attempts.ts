import { gradeAttempt, loadKata, type GradeReport } from "../../graders/index.ts";
import { type KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { isWhole } from "../group/best-grades.ts";
import { requireProof } from "../packs/require-proof.ts";
import { VerifyProgress } from "../progress/verify-progress.ts";
import { appendEvent, appendReport, readHistory } from "../workspace/history.ts";
import type { Attempt } from "../workspace/workspace.ts";

/** A grade of an attempt now, next to the last one before. */
export interface Regraded {
  readonly kata: string;
  readonly file: string;
  /** The last whole grade; undefined when there was none. */
  readonly before: PastResult | undefined;
  /** Undefined when it could not be graded. */
  readonly after: PastResult | undefined;
  /** Why it could not be graded. */
  readonly problem: string | undefined;
  /** Whether the same code has fewer points, or a pass is none any more. */
  readonly isWorse: boolean;
}

type PastResult = Pick<GradeReport, "verdict" | "reason" | "specHash"> & {
  readonly points: number;
};

/**
 * Grades attempts again, one after the other, and keeps each grade at once: what was done stays done
 * when the rest is interrupted. One that cannot be graded never stops the others.
 * @throws KataError `interrupted`
 */
export async function regradeAttempts(
  ctx: CliContext,
  attempts: readonly Attempt[],
  signal: AbortSignal,
  onDone: (regraded: Regraded) => void,
): Promise<readonly Regraded[]> {
  const progress = new VerifyProgress(ctx, attempts.length);
  const [workspace] = attempts.map((attempt) => attempt.workspace);
  const { reports } = workspace === undefined ? { reports: [] } : await readHistory(workspace);
  const done: Regraded[] = [];
  try {
    for (const attempt of attempts) {
      const { slug, file } = attempt;
      const last = reports.findLast((report) => report.kata === slug && isWhole(report));
      const before = last === undefined ? undefined : resultOf(last);
      const base = { kata: slug, file, before };
      let regraded: Regraded;
      try {
        const after = resultOf(
          await gradeAgain(ctx, attempt, signal, (step) => progress.step(slug, step)),
        );
        regraded = { ...base, after, problem: undefined, isWorse: isWorse(before, after) };
      } catch (error) {
        const { name, code, message } = error as KataError;
        if (name !== "KataError" || code === "interrupted") throw error;
        regraded = { ...base, after: undefined, problem: message, isWorse: false };
      }
      done.push(regraded);
      progress.finished(slug);
      progress.clear();
      onDone(regraded);
    }
  } finally {
    progress.clear();
  }
  return done;
}

async function gradeAgain(
  ctx: CliContext,
  { slug, file, workspace }: Attempt,
  signal: AbortSignal,
  onStep: (step: string) => void,
): Promise<GradeReport> {
  const kata = loadKata(ctx, slug);
  await requireProof(ctx, kata);
  onStep(say`types and properties`);
  const report = await gradeAttempt({
    kata,
    file,
    budget: true,
    signal,
    onProgress: (step) => {
      if (step.kind === "started") onStep(step.property.id);
      if (step.kind === "budget") onStep(say`timing ${step.id}`);
    },
  });
  appendReport(ctx, workspace, report);
  const at = ctx.now().toISOString();
  appendEvent(ctx, workspace, { event: "regraded", kata: slug, report: report.id, at });
  return report;
}

function resultOf({ verdict, reason, specHash, score }: GradeReport): PastResult {
  return { verdict, reason, specHash, points: score.points };
}

/** A grade without a verdict is no worse: it says nothing. */
function isWorse(before: PastResult | undefined, after: PastResult): boolean {
  if (before === undefined || after.verdict === "inconclusive") return false;
  return (
    after.points < before.points || (before.verdict === "passed" && after.verdict !== "passed")
  );
}
