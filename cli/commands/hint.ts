import { readFileSync } from "node:fs";
import {
  EXIT,
  type ExitCode,
  KataError,
  findKata,
  parseStatement,
  say,
} from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { readRounds } from "../drill/read-rounds.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { appendEvent, readLines } from "../workspace/history.ts";
import { NO_PROGRESS, readProgress } from "../workspace/progress.ts";
import { findWorkspace, requireSlug } from "../workspace/workspace.ts";

export interface HintArgs {
  readonly slug?: string;
}

/** Shows the next hint; all of them once the last was shown, or after a pass. */
export async function run(ctx: CliContext, args: HintArgs): Promise<ExitCode> {
  const { slug, paths } = await findKata(ctx, await requireSlug(ctx, args.slug, "hint"));
  const { hints } = parseStatement(readFileSync(paths.statement, "utf8"));
  if (hints.length === 0)
    throw new KataError("content-broken", { slug, why: say`it has no hints` });

  const workspace = findWorkspace(ctx.cwd);
  const { hintLevel, state } = readProgress(ctx, workspace).get(slug) ?? NO_PROGRESS;
  const all = state === "passed" || hintLevel >= hints.length;
  const first = all ? 0 : hintLevel;
  const last = all ? hints.length : hintLevel + 1;

  const text = hints
    .slice(first, last)
    .map((hint, index) => say`**Hint ${first + index + 1} of ${hints.length}**\n\n${hint}`)
    .join("\n\n");
  ctx.stdout.write(renderMarkdown(text, ctx));
  if (all && readRounds(readLines(workspace).lines).get(slug)?.isOpen === true) {
    // They are known, but this go was not without them.
    appendEvent(ctx, workspace, { event: "hint", kata: slug, level: hintLevel, at: now(ctx) });
  }
  if (!all) {
    appendEvent(ctx, workspace, { event: "hint", kata: slug, level: last, at: now(ctx) });
    ctx.stdout.write(`\n${nextStep(slug, hints.length - last)}\n`);
  }
  return EXIT.ok;
}

function nextStep(slug: string, left: number): string {
  if (left > 0) return say`${left} more: kata hint ${slug}`;
  return say`That was the last one. Still stuck: kata solution ${slug} --give-up`;
}

function now(ctx: CliContext): string {
  return ctx.now().toISOString();
}
