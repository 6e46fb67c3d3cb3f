import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { say, sayKnown } from "../../graders/reading.ts";
import { gradeAttempt, loadKata } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { requireProof } from "../packs/require-proof.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { LiveLine } from "../progress/live-line.ts";
import type { Comparison } from "./compare-shares.ts";
import { attemptHash } from "./with-sources.ts";

/** What a grade of a member's source said here, next to what the member claims. */
export interface Regrade {
  readonly member: string;
  readonly kata: string;
  readonly claimed: number;
  /** Undefined where nothing could be graded. */
  readonly points: number | undefined;
  /** Undefined where both agree. */
  readonly differs: string | undefined;
}

/** Points that a second grade may differ by: a budget that was close may fall the other way. */
const NOISE = 0;

/** Grades every shared source again, under full protection and the common seed. */
export async function regradeShares(
  ctx: CliContext,
  { katas }: Comparison,
): Promise<readonly Regrade[]> {
  const dir = mkdtempSync(join(tmpdir(), "kata-regrade-"));
  const live = new LiveLine(ctx);
  const done: Regrade[] = [];
  try {
    await untilInterrupted(async (signal) => {
      for (const { kata, standings } of katas) {
        for (const [index, { member, grade, place }] of standings.entries()) {
          const { source, points: claimed } = grade;
          if (source === undefined || place === undefined) continue;
          live.show(say`Grading ${kata} of ${member} again…`);
          const base = { member, kata, claimed };
          if (attemptHash(source) !== grade.attemptHash) {
            const differs = say`the source is not the one that the grade is of`;
            done.push({ ...base, points: undefined, differs });
            continue;
          }
          const folder = join(dir, `${index}`);
          mkdirSync(folder, { recursive: true });
          const file = join(folder, `${basename(kata)}.ts`);
          writeFileSync(file, source);
          const known = loadKata(ctx, kata);
          await requireProof(ctx, known);
          const report = await gradeAttempt({ kata: known, file, budget: true, signal });
          const { points } = report.score;
          const isSame = Math.abs(points - claimed) <= NOISE;
          const said = sayKnown(report.reason ?? report.verdict);
          const differs = isSame ? undefined : say`${points} points here (${said})`;
          done.push({ ...base, points, differs });
        }
      }
    });
  } finally {
    live.clear();
    rmSync(dir, { recursive: true, force: true });
  }
  return done;
}
