import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { say } from "../../graders/reading.ts";
import type { GradeReport } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { appendLine } from "./append-line.ts";
import { STATE } from "./workspace.ts";
import { writeProblem } from "./write-problem.ts";

/** What happened on a hunt: `drawn` stands for a wrong answer without naming it. */
export type HuntStep =
  | { readonly step: "drawn"; readonly seed: number; readonly drawn: string }
  | { readonly step: "found"; readonly calls: number; readonly score: number }
  | { readonly step: "revealed" };

/** What happened to a kata besides grades. */
export type ProgressEvent =
  | ({ readonly event: "hunt"; readonly kata: string; readonly at: string } & HuntStep)
  | { readonly event: "hint"; readonly kata: string; readonly level: number; readonly at: string }
  | { readonly event: "gave-up"; readonly kata: string; readonly at: string }
  /** The grade with this id was no work of the user's: an attempt was graded again. */
  | {
      readonly event: "regraded";
      readonly kata: string;
      readonly report: string;
      readonly at: string;
    }
  | {
      readonly event: "started";
      readonly kata: string;
      readonly at: string;
      /** Minutes of the interview clock, when it was asked for. */
      readonly timedMinutes?: number;
    };

/** One line of the history that could be read. */
export interface HistoryLine {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The readable lines of a history, and the numbers of those that are not. */
export interface HistoryLines {
  readonly lines: readonly HistoryLine[];
  readonly damaged: readonly number[];
  /** Why there is a file that cannot be read at all. */
  readonly problem: string | undefined;
}

type Warned = Pick<CliContext, "stderr">;

export function historyFile(workspace: string): string {
  return join(workspace, STATE, "history.ndjson");
}

/** Keeps a grade. A disk that refuses costs a warning, never the grade. */
export function appendReport(ctx: Warned, workspace: string, report: GradeReport): boolean {
  return append(ctx, workspace, report, say`This grade was not kept`);
}

/** Keeps a hint taken or a solution shown. */
export function appendEvent(ctx: Warned, workspace: string, event: ProgressEvent): boolean {
  return append(ctx, workspace, event, say`This was not recorded`);
}

/** Every grade of the workspace, oldest first, checked against the schema of a report. */
export async function readHistory(
  workspace: string,
): Promise<{ reports: GradeReport[]; damaged: number[] }> {
  const { GradeReport } = await import("../../graders/index.ts");
  const { lines, damaged } = readLines(workspace);
  const reports: GradeReport[] = [];
  const unfit = [...damaged];
  for (const { line, value } of lines) {
    if ("event" in value) continue;
    const parsed = GradeReport.safeParse(value);
    if (parsed.success) reports.push(parsed.data);
    else unfit.push(line);
  }
  return { reports, damaged: unfit.sort((a, b) => a - b) };
}

/** Every line that is a JSON object. A torn line, or a file that cannot be read, is never fatal. */
export function readLines(workspace: string): HistoryLines {
  const lines: HistoryLine[] = [];
  const damaged: number[] = [];
  const { text, problem } = readText(historyFile(workspace));
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const value = parseObject(line);
    if (value === undefined) damaged.push(index + 1);
    else lines.push({ line: index + 1, value });
  });
  return { lines, damaged, problem };
}

/** Says on stderr what of the history was skipped. */
export function warnOfDamage(
  ctx: Warned,
  workspace: string,
  { damaged, problem }: Pick<HistoryLines, "damaged" | "problem">,
): void {
  const file = historyFile(workspace);
  if (problem !== undefined) ctx.stderr.write(say`Warning: ${file} cannot be read: ${problem}.\n`);
  if (damaged.length === 0) return;
  const which = damaged.length === 1 ? say`line` : say`lines`;
  const shown = damaged.slice(0, 5).join(", ") + (damaged.length > 5 ? ", …" : "");
  ctx.stderr.write(say`Warning: ${which} ${shown} of ${file} cannot be read, skipped.\n`);
}

function append(ctx: Warned, workspace: string, value: object, consequence: string): boolean {
  const file = historyFile(workspace);
  try {
    mkdirSync(join(workspace, STATE), { recursive: true });
    appendLine(file, JSON.stringify(value));
    return true;
  } catch (error) {
    ctx.stderr.write(say`Warning: ${file}: ${writeProblem(error)}. ${consequence}.\n`);
    return false;
  }
}

function readText(file: string): Pick<HistoryLines, "problem"> & { readonly text: string } {
  try {
    return { text: readFileSync(file, "utf8"), problem: undefined };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isThere = code !== "ENOENT" && code !== "ENOTDIR";
    return { text: "", problem: isThere ? writeProblem(error) : undefined };
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
