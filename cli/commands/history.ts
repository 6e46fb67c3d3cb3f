import { EXIT, type ExitCode, findKata, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { installedSpecs } from "../history/installed-specs.ts";
import { type KataHistory, readAttempts } from "../history/read-attempts.ts";
import { historyText, kataHistoryText } from "../report/history-text.ts";
import { pathFrom } from "../report/path-from.ts";
import { readHistory, readLines, warnOfDamage } from "../workspace/history.ts";
import { findWorkspace } from "../workspace/workspace.ts";
import { writePage } from "../workspace/write-page.ts";

interface Args {
  readonly slug?: string;
  readonly html?: string;
  readonly json?: boolean;
}

/** Looks back on every attempt, or on those at one kata. */
export async function run(ctx: CliContext, { slug, html, json }: Args): Promise<ExitCode> {
  const workspace = findWorkspace(ctx.cwd);
  const { reports, damaged } = await readHistory(workspace);
  const { lines, problem } = readLines(workspace);
  warnOfDamage(ctx, workspace, { damaged, problem });
  const all = readAttempts(reports, lines, await installedSpecs(ctx));
  const katas = slug === undefined ? all : await ofOne(ctx, all, slug);
  if (html !== undefined) {
    const { historyHtml } = await import("../report/page/history-html.ts");
    const page = writePage(ctx.cwd, html, historyHtml(katas));
    ctx.stderr.write(say`The history as a page: ${pathFrom(ctx.cwd, page)}\n`);
  }
  ctx.stdout.write(json === true ? asJson(katas) : asText(ctx, katas, slug));
  return EXIT.ok;
}

/** One kata's, which may be gone since. @throws KataError `unknown-kata` when it was never here. */
async function ofOne(
  ctx: CliContext,
  all: readonly KataHistory[],
  slug: string,
): Promise<readonly KataHistory[]> {
  const found = all.filter(({ kata }) => kata === slug);
  if (found.length === 0) await findKata(ctx, slug);
  return found;
}

function asJson(katas: readonly KataHistory[]): string {
  return `${JSON.stringify({ schemaVersion: 1, katas }, null, 2)}\n`;
}

function asText(ctx: CliContext, katas: readonly KataHistory[], slug: string | undefined): string {
  const [only] = katas;
  if (only === undefined) {
    const begin = `kata start ${slug ?? "bloom-filter"}`;
    return say`No attempt yet${slug === undefined ? "" : say` at ${slug}`}. Begin one: ${begin}\n`;
  }
  return slug === undefined ? historyText(katas, ctx) : kataHistoryText(only, ctx);
}
