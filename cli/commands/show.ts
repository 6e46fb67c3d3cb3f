import { readFileSync } from "node:fs";
import { EXIT, type ExitCode, findKata } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { withoutControls } from "../report/style.ts";
import { withoutHints } from "../report/without-hints.ts";

export interface ShowArgs {
  readonly slug: string;
  readonly raw?: boolean;
}

/** Prints the statement; the hints in it are left to `kata hint`. */
export async function run(ctx: CliContext, { slug, raw }: ShowArgs): Promise<ExitCode> {
  const { paths } = await findKata(ctx, slug);
  const markdown = readFileSync(paths.statement, "utf8");
  ctx.stdout.write(
    raw === true ? withoutControls(markdown) : renderMarkdown(withoutHints(markdown, slug), ctx),
  );
  return EXIT.ok;
}
