import { type ExitCode, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { nextKata } from "./next-kata.ts";
import { oneKey } from "./one-key.ts";

/**
 * Bare `kata`: where the user stands, and one key to go on where there is somebody to press it.
 */
export async function welcome(ctx: CliContext): Promise<ExitCode> {
  const { run: status } = await import("../commands/status.ts");
  const exit = await status(ctx, {});
  ctx.stdout.write(say`\nAll katas: kata list   All commands: kata --help\n`);
  const next = await nextKata(ctx);
  if (next === undefined || !ctx.isTty || !process.stdin.isTTY) return exit;
  const what = next.verb === "start" ? say`starts and watches` : say`watches`;
  ctx.stdout.write(say`\nEnter ${what} ${next.slug}; any other key leaves. `);
  const key = await oneKey();
  ctx.stdout.write("\n");
  if (key !== "return" && key !== "enter") return exit;
  if (next.verb === "start") {
    const { run: start } = await import("../commands/start.ts");
    await start(ctx, { slug: next.slug });
  }
  const { run: watch } = await import("../commands/watch.ts");
  return await watch(ctx, { slug: next.slug });
}
