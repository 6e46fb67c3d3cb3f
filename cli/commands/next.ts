import { EXIT, type ExitCode, findKata, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { nextKata } from "../loop/next-kata.ts";
import { nextCommand } from "../report/status-text.ts";

/** Names the kata to go on with, and what to type. */
export async function run(ctx: CliContext): Promise<ExitCode> {
  const next = await nextKata(ctx);
  if (next === undefined) {
    ctx.stdout.write(say`Every kata is passed. Write one: kata new <slug>\n`);
    return EXIT.ok;
  }
  const { title, chapter } = await findKata(ctx, next.slug);
  ctx.stdout.write(`${next.slug}: ${title} (${chapter})\n\n`);
  ctx.stdout.write(say`Read: kata show ${next.slug}\nGo:   ${nextCommand(next)}\n`);
  return EXIT.ok;
}
