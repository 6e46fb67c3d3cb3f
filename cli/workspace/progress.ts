import type { CliContext } from "../context.ts";
import { readLines, warnOfDamage } from "./history.ts";

export type KataState = "new" | "tried" | "passed" | "gave-up";

/** Where the user stands with one kata. */
export interface Progress {
  readonly state: KataState;
  /** Points of the best whole grade. */
  readonly best: number | undefined;
  /** The last hint taken, 0 for none. */
  readonly hintLevel: number;
  /** Of the spec by which the state was reached: the last pass, else the best grade. */
  readonly specHash?: string;
}

export const NO_PROGRESS: Progress = { state: "new", best: undefined, hintLevel: 0 };

/** Where the user stands with each kata of the workspace. Warns of damaged lines. */
export function readProgress(
  ctx: Pick<CliContext, "stderr">,
  workspace: string,
): ReadonlyMap<string, Progress> {
  const { lines, damaged, problem } = readLines(workspace);
  const all = new Map<string, Progress>();
  const unfit = [...damaged];
  for (const { line, value } of lines) {
    const kata = value["kata"];
    const step =
      typeof kata === "string" ? advance(all.get(kata) ?? NO_PROGRESS, value) : undefined;
    if (step === undefined) unfit.push(line);
    else all.set(kata as string, step);
  }
  warnOfDamage(ctx, workspace, { damaged: unfit.sort((a, b) => a - b), problem });
  return all;
}

/**
 * Takes one line of the history in; undefined when it is none. By hand and loosely, since the
 * schema of a report would load zod for `kata list`.
 */
function advance(before: Progress, value: Readonly<Record<string, unknown>>): Progress | undefined {
  if (value["event"] === "hint") {
    const level = value["level"];
    if (typeof level !== "number") return undefined;
    return { ...before, hintLevel: Math.max(before.hintLevel, level) };
  }
  const { event } = value;
  if (event === "started" || event === "regraded" || event === "hunt") return before;
  if (value["event"] === "gave-up") {
    return before.state === "passed" ? before : { ...before, state: "gave-up" };
  }
  const points = field(value["score"], "points");
  if (typeof value["verdict"] !== "string" || typeof points !== "number") return undefined;
  if (!isWholeGrade(value)) return before;
  const best = Math.max(before.best ?? 0, points);
  const isPass = value["verdict"] === "passed";
  const decides = isPass || (before.state !== "passed" && points >= (before.best ?? 0));
  const hash = value["specHash"];
  const spec = decides && typeof hash === "string" ? { specHash: hash } : {};
  if (isPass) return { ...before, ...spec, state: "passed", best };
  return { ...before, ...spec, best, state: before.state === "new" ? "tried" : before.state };
}

/** Whether what the user reached was judged by a spec that the kata no longer has. */
export function isByOlderSpec({ specHash }: Progress, current: string): boolean {
  return specHash !== undefined && specHash !== current;
}

/** Whether a grade judged every property in full, so that a pass is a pass. */
export function isWholeGrade(report: Readonly<Record<string, unknown>>): boolean {
  const options = report["options"];
  return ["only", "replay", "runs"].every((name) => field(options, name) === undefined);
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
