import { gradeAttempt, loadKata, traceExample, type Story } from "../../graders/index.ts";
import { EXIT, KataError, type ExitCode, say, sayKnown } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { LiveLine } from "../progress/live-line.ts";
import { pathFrom } from "../report/path-from.ts";
import { storyMermaid } from "../report/story/story-mermaid.ts";
import { storyText } from "../report/story/story-text.ts";
import { createStyle } from "../report/style.ts";
import { wrap } from "../report/wrap.ts";
import { locateAttempt } from "../workspace/workspace.ts";
import { writePage } from "../workspace/write-page.ts";

interface Args {
  readonly slug: string;
  readonly mine?: boolean;
  readonly file?: string;
  readonly replay?: string;
  readonly mermaid?: boolean;
  readonly html?: string;
  readonly json?: boolean;
}

interface Told {
  readonly title: string;
  readonly story?: Story;
  /** What broke, or that nothing did. */
  readonly remark?: string;
}

/** Shows a run of a cluster event by event: the kata's example, or a failure of the attempt. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const line = new LiveLine(ctx);
  line.show(say`Running the cluster…`);
  let told: Told;
  try {
    told = await (args.replay === undefined ? tellExample(ctx, args) : tellFailure(ctx, args));
  } finally {
    line.clear();
  }
  const { title, story, remark } = told;
  if (args.html !== undefined && story !== undefined) {
    const { storyHtml } = await import("../report/story/story-html.ts");
    const page = writePage(ctx.cwd, args.html, storyHtml(title, story));
    ctx.stderr.write(say`The run as a page: ${pathFrom(ctx.cwd, page)}\n`);
  }
  ctx.stdout.write(args.json === true ? json(told, args.slug) : text(ctx, args, told, remark));
  return EXIT.ok;
}

function json({ story, remark }: Told, kata: string): string {
  const mermaid = story === undefined ? undefined : storyMermaid(story);
  return `${JSON.stringify({ schemaVersion: 1, kata, remark, story, mermaid }, null, 2)}\n`;
}

function text(
  ctx: CliContext,
  { mermaid }: Args,
  { title, story }: Told,
  remark: string | undefined,
): string {
  if (mermaid === true && story !== undefined) return `${storyMermaid(story)}\n`;
  const style = createStyle(ctx.color);
  const width = Math.min(ctx.columns, 100);
  const blocks = [
    style.bold(wrap(title, width)),
    story === undefined ? "" : storyText(story, style, width),
    remark === undefined ? "" : wrap(remark, width, "  "),
  ];
  return `${blocks.filter((block) => block !== "").join("\n")}\n`;
}

async function tellExample(ctx: CliContext, args: Args): Promise<Told> {
  const kata = loadKata(ctx, args.slug);
  const isOwn = args.mine === true || args.file !== undefined;
  const file = isOwn ? (await locateAttempt(ctx, args.slug, args.file)).file : kata.paths.reference;
  const { story, broken } = await untilInterrupted((signal) => traceExample(kata, file, signal));
  const whose = isOwn ? pathFrom(ctx.cwd, file) : say`our solution`;
  return {
    title: say`${args.slug}: the example, as ${whose} plays it`,
    story,
    ...(broken === undefined ? {} : { remark: say`It broke: ${broken}` }),
  };
}

async function tellFailure(ctx: CliContext, args: Args): Promise<Told> {
  const { slug, file } = await locateAttempt(ctx, args.slug, args.file);
  const kata = loadKata(ctx, slug);
  const { replay = "" } = args;
  const report = await untilInterrupted((signal) =>
    gradeAttempt({ kata, file, budget: false, replay, signal }),
  );
  const failed = report.properties.find(({ failure }) => failure !== undefined);
  if (failed?.failure === undefined) {
    const isHeld = report.verdict === "passed";
    const remark = isHeld
      ? say`The property holds now: this failure does not come back.`
      : (report.detail ?? say`The attempt could not be run.`);
    return { title: `${slug}: ${sayKnown(report.verdict)}`, remark };
  }
  const { what, actual, story } = failed.failure;
  if (story === undefined) {
    throw new KataError("no-example", { slug: say`the property ${failed.id} of ${slug}` });
  }
  const remark = actual === undefined ? what : `${what}: ${actual}`;
  return { title: `${slug}: ${failed.id} ${failed.outcome}`, story, remark };
}
