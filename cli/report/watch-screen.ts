import { say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import type { WatchView } from "../watch/watch-session.ts";
import { gradeText } from "./grade-text.ts";
import { isPlain } from "./marks.ts";
import { pathFrom } from "./path-from.ts";
import { createStyle } from "./style.ts";
import { wrap } from "./wrap.ts";

const KEYS = [
  say`r run`,
  say`b budgets`,
  say`f focus`,
  say`h hint`,
  say`s statement`,
  say`n next`,
  say`l list`,
  say`x reset`,
  say`q quit`,
];

export interface WatchScene {
  readonly slug: string;
  readonly file: string;
  /** `12:30 of 45:00`, when an interview clock runs. */
  readonly clock: string | undefined;
  /** Whether somebody can press keys. */
  readonly hasKeys: boolean;
}

/** The whole screen of a watch: the last report, what is going on, and the keys. */
export function watchScreen(
  view: WatchView,
  { slug, file, clock, hasKeys }: WatchScene,
  ctx: Pick<CliContext, "cwd" | "columns" | "color">,
): string {
  const style = createStyle(ctx.color);
  const { state, report, focus, note } = view;
  const what = {
    grading: say`Checking…`,
    timing: say`All properties hold. Timing…`,
    done: say`Waiting for a save of ${pathFrom(ctx.cwd, file)}`,
    gone: say`${pathFrom(ctx.cwd, file)} is gone. Waiting for it to come back.`,
    broken: say`The grade broke. Press r to try again, or save the file.`,
  }[state];
  const head = [
    slug,
    ...(focus === undefined ? [] : [say`only ${focus}`]),
    ...(clock === undefined ? [] : [clock]),
  ];
  const foot = [
    ...(note === undefined ? [] : [wrap(note, ctx.columns)]),
    wrap(style.bold(what), ctx.columns),
    ...(hasKeys
      ? [
          style.dim(
            wrap(
              KEYS.map((key) => key.replace(" ", "\u00A0")).join(isPlain() ? ", " : " · "),
              ctx.columns,
            ),
          ),
        ]
      : []),
  ];
  const isOld = state === "grading" || state === "timing";
  const body = report === undefined ? "" : gradeText(report, ctx).trimEnd();
  const shown = isOld && body !== "" ? style.dim(say`(the grade before)`) : "";
  return `${[style.dim(head.join("  ")), shown, body, foot.join("\n")]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

/** Minutes and seconds since the start, against the minutes asked for. */
export function clockText(startedAt: Date, minutes: number, now: Date): string {
  const passedMs = Math.max(0, now.getTime() - startedAt.getTime());
  const text = (ms: number): string => {
    const seconds = Math.floor(ms / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  const over = passedMs - minutes * 60_000;
  const note = over > 0 ? say`, ${text(over)} over` : "";
  return say`${text(passedMs)} of ${minutes}:00${note}`;
}
