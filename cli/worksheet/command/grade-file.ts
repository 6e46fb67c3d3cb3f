import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  EXIT,
  type ExitCode,
  KataError,
  packageVersion,
  readIndex,
  say,
} from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { pathFrom } from "../../report/path-from.ts";
import { openSystem } from "../definition/open-system.ts";
import { gradeWorksheet } from "../grading/grade-worksheet.ts";
import type { Ruling } from "../grading/worksheet-report.ts";
import { worksheetText } from "../report/worksheet-text.ts";
import { readWorksheetFile } from "./read-worksheet-file.ts";
import { readRulings, requireHints, rulingsFile, writeRulings } from "./rulings.ts";

export interface GradeFileArgs {
  /** A worksheet, or the slug of one in worksheets/. */
  readonly target?: string;
  readonly json?: boolean;
  /** False for `--no-hints`. */
  readonly hints?: boolean;
  /** Percent of the computed and matched points to reach. */
  readonly threshold?: number;
  readonly accept?: readonly string[];
  readonly reject?: readonly string[];
  readonly by?: string;
}

const THRESHOLD = 60;

/**
 * Grades a filled worksheet.
 * @throws KataError `worksheet-missing`, `worksheet-unreadable`, `unknown-system`, `bad-option`.
 */
export async function gradeFile(
  ctx: CliContext,
  workspace: string,
  args: GradeFileArgs,
): Promise<ExitCode> {
  const file = locate(ctx.cwd, workspace, args.target);
  const shown = pathFrom(ctx.cwd, file);
  const worksheet = readWorksheetFile(file, shown);
  const system = await openSystem(workspace, worksheet.front.system);
  const given = givenRulings(ctx, args);
  const kept = readRulings(rulingsFile(file));
  const rulings = [...kept.filter(({ id }) => !given.some((it) => it.id === id)), ...given];
  const index = await readIndex(ctx);
  const ready = new Set(index.filter(({ status }) => status !== "draft").map(({ slug }) => slug));
  const report = gradeWorksheet(system, worksheet, {
    hints: args.hints !== false,
    threshold: args.threshold ?? THRESHOLD,
    rulings,
    isReady: (slug) => ready.has(slug),
  });
  if (given.length > 0) {
    requireHints(report, given);
    writeRulings(rulingsFile(file), rulings);
  }
  const json = (): string =>
    `${JSON.stringify({ kataVersion: packageVersion(), file, ...report }, null, 2)}\n`;
  ctx.stdout.write(args.json === true ? json() : worksheetText(report, shown, ctx));
  return report.reached ? EXIT.ok : EXIT.failed;
}

function locate(cwd: string, workspace: string, target: string | undefined): string {
  if (target === undefined) {
    throw new KataError("bad-option", {
      option: say`worksheet grade`,
      value: "nothing",
      why: say`name a worksheet: kata worksheet grade worksheets/twitter.md`,
      command: "worksheet",
    });
  }
  const file = resolve(cwd, target);
  const ofSystem = join(workspace, "worksheets", `${target}.md`);
  return !existsSync(file) && /^[a-z0-9-]+$/.test(target) ? ofSystem : file;
}

function givenRulings(
  ctx: CliContext,
  { accept = [], reject = [], by, hints }: GradeFileArgs,
): Ruling[] {
  const all = [
    ...accept.map((id) => ({ id, ruling: "accept" as const })),
    ...reject.map((id) => ({ id, ruling: "reject" as const })),
  ];
  const [first] = all;
  if (first === undefined) return [];
  const who = by ?? ctx.env["USER"] ?? ctx.env["LOGNAME"];
  const refuse = (why: string): KataError => {
    const named = { option: `--${first.ruling}`, value: `"${first.id}"`, command: "worksheet" };
    return new KataError("bad-option", { ...named, why });
  };
  if (hints === false) throw refuse(say`without hints there is nothing to rule on`);
  if (who === undefined || who === "") throw refuse(say`say who rules: --by <name>`);
  const at = ctx.now().toISOString();
  return all.map((ruling) => ({ ...ruling, by: who, at }));
}
