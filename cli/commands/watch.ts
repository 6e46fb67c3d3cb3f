import { EXIT, type ExitCode, KataError, say } from "../../graders/reading.ts";
import { gradeAttempt, loadKata, WarmSpec } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { isPlain } from "../report/marks.ts";
import { clockText, watchScreen } from "../report/watch-screen.ts";
import { FileWatch } from "../watch/watch-file.ts";
import { readKeys } from "../watch/read-keys.ts";
import { runKey, type KeyAction } from "../watch/run-key.ts";
import { WatchSession, type WatchView } from "../watch/watch-session.ts";
import { appendReport, readLines } from "../workspace/history.ts";
import { NO_STORY, readStories } from "../workspace/stories.ts";
import { locateAttempt } from "../workspace/workspace.ts";

interface Args {
  readonly slug?: string;
  readonly poll?: boolean;
}

const WIPE = "\u001B[2J\u001B[3J\u001B[H";

/** Grades an attempt at every save, until the user leaves. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  let slug = args.slug;
  for (;;) {
    const next = await watchOne(ctx, slug, args.poll === true);
    if (next === undefined) return EXIT.ok;
    slug = next;
  }
}

/** Watches one attempt; settles with the kata to go on with, or undefined to end. */
async function watchOne(
  ctx: CliContext,
  wanted: string | undefined,
  polls: boolean,
): Promise<string | undefined> {
  const { slug, file, workspace } = await locateAttempt(ctx, wanted, undefined, "watch");
  const kata = loadKata(ctx, slug);
  const story = readStories(readLines(workspace).lines).get(slug) ?? NO_STORY;
  const warm = new WarmSpec();
  const hasKeys = process.stdin.isTTY && ctx.isTty;
  let isCovered = false;
  // What is wiped away is read aloud to nobody.
  const clear = isPlain() ? "\n" : WIPE;
  const show = (view: WatchView): void => {
    if (isCovered) return;
    // A log of reports where there is no screen to draw on.
    if (!hasKeys && (view.state === "grading" || view.state === "timing")) return;
    const { startedAt, timedMinutes } = story;
    const clock =
      startedAt === undefined || timedMinutes === undefined
        ? undefined
        : clockText(parseInstant(startedAt), timedMinutes, ctx.now());
    const columns = process.stdout.columns || ctx.columns;
    const scene = { slug, file, clock, hasKeys };
    const text = watchScreen(view, scene, { ...ctx, columns });
    ctx.stdout.write(hasKeys ? `${clear}${text}` : `${text}\n`);
  };
  const session = new WatchSession({
    show,
    keep: (report) => appendReport(ctx, workspace, report),
    grade: ({ budget, only }, signal) =>
      gradeAttempt({ kata, file, budget, signal, warm, ...(only === undefined ? {} : { only }) }),
  });
  const files = new FileWatch(
    file,
    {
      onSave: () => session.run(),
      onGone: () => session.gone(),
      onPolling: () =>
        session.remark(say`Your system sends no events for this folder: polling now.`),
    },
    polls,
  );
  const redraw = (): void => session.redraw();
  process.stdout.on("resize", redraw);
  try {
    warm.prepareWorker();
    session.run();
    return await readKeys(hasKeys, async (key): Promise<KeyAction> => {
      if (isCovered) {
        isCovered = false;
        session.redraw();
        return { kind: "stay" };
      }
      const action = await runKey(ctx, key, { slug, session });
      if (action.kind === "cover") {
        isCovered = true;
        ctx.stdout.write(say`${clear}${action.text}\nPress any key to go back.\n`);
      }
      return action;
    });
  } finally {
    process.stdout.removeListener("resize", redraw);
    await files.close();
    await session.stop();
    await warm.close();
  }
}

function parseInstant(text: string): Date {
  const instant = new Date(text); // oxlint-disable-line no-restricted-globals -- reads a written instant
  if (Number.isNaN(instant.getTime()))
    throw new KataError("grader-broken", { slug: "", why: text });
  return instant;
}
