import { EXIT, type ExitCode, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { attemptsToRegrade, type RegradeChoice } from "../history/attempts-to-regrade.ts";
import { regradeAttempts } from "../history/regrade-attempts.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { regradeLine, regradeSummary } from "../report/regrade-text.ts";

interface Args extends RegradeChoice {
  readonly json?: boolean;
}

/** Grades attempts again, after an upgrade: 1 when the same code came out worse than before. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const isText = args.json !== true;
  const attempts = await attemptsToRegrade(ctx, args);
  if (attempts.length === 0 && isText) {
    const isAll = args.all === true;
    ctx.stdout.write(
      isAll
        ? say`There is no attempt here. Begin one: kata next\n`
        : say`No attempt here was graded by an older spec. Every one: kata regrade --all\n`,
    );
    return EXIT.ok;
  }
  const done = await untilInterrupted((signal) =>
    regradeAttempts(ctx, attempts, signal, (regraded) => {
      if (isText) ctx.stdout.write(regradeLine(regraded, ctx));
    }),
  );
  ctx.stdout.write(
    isText
      ? regradeSummary(done, ctx)
      : `${JSON.stringify({ schemaVersion: 1, regraded: done }, null, 2)}\n`,
  );
  return done.some(({ isWorse }) => isWorse) ? EXIT.failed : EXIT.ok;
}
