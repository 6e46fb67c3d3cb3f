import { gradeAttempt, loadKata, type GradeReport } from "../../graders/index.ts";
import { EXIT, type ExitCode, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { GradeProgressLine } from "../progress/grade-progress.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { gradeText } from "../report/grade-text.ts";
import { requireProof } from "../packs/require-proof.ts";
import { pathFrom } from "../report/path-from.ts";
import { appendReport } from "../workspace/history.ts";
import { locateAttempt } from "../workspace/workspace.ts";
import { writePage } from "../workspace/write-page.ts";

interface Args {
  readonly slug?: string;
  readonly file?: string;
  readonly only?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly replay?: string;
  readonly budget: boolean;
  readonly pins: boolean;
  readonly html?: string;
  readonly json?: boolean;
}

const EXIT_OF = {
  passed: EXIT.ok,
  failed: EXIT.failed,
  ungradable: EXIT.ungradable,
  inconclusive: EXIT.inconclusive,
} as const satisfies Record<GradeReport["verdict"], ExitCode>;

/** Grades an attempt and keeps the report in the history. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const { only, runs, replay, budget, json } = args;
  const { slug, file, workspace } = await locateAttempt(ctx, args.slug, args.file);
  const kata = loadKata(ctx, slug);
  await requireProof(ctx, kata);
  const progress = new GradeProgressLine(ctx);
  let report: GradeReport;
  try {
    report = await untilInterrupted((signal) =>
      gradeAttempt({
        kata,
        file,
        budget,
        pins: args.pins,
        signal,
        ...(args.seed === undefined ? {} : { seed: args.seed }),
        ...(only === undefined ? {} : { only }),
        ...(runs === undefined ? {} : { runs }),
        ...(replay === undefined ? {} : { replay }),
        onProgress: (step) => progress.show(step),
      }),
    );
  } finally {
    progress.clear();
  }
  appendReport(ctx, workspace, report);
  if (args.html !== undefined) {
    const { gradeHtml } = await import("../report/page/grade-html.ts");
    const page = writePage(ctx.cwd, args.html, gradeHtml(report, ctx.cwd));
    ctx.stderr.write(say`The report as a page: ${pathFrom(ctx.cwd, page)}\n`);
  }
  ctx.stdout.write(json === true ? `${JSON.stringify(report, null, 2)}\n` : gradeText(report, ctx));
  return EXIT_OF[report.verdict];
}
