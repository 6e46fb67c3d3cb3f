import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type KataOnDisk, KataError, nameOf, stubExports } from "../../graders/reading.ts";
import { run as start } from "../commands/start.ts";
import type { CliContext } from "../context.ts";
import { pathFrom } from "../report/path-from.ts";
import { render } from "../scaffold/render.ts";
import { ATTEMPTS } from "../workspace/workspace.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

export function huntFile(workspace: string, slug: string): string {
  return join(workspace, ATTEMPTS, slug, "hunt.ts");
}

/**
 * Writes hunt.ts beside the attempt, whose types it uses; begins the attempt where there is none.
 * One that stands there stays.
 */
export async function scaffoldHunt(
  ctx: CliContext,
  kata: KataOnDisk,
  workspace: string,
): Promise<string> {
  const { slug, title, paths } = kata;
  const file = huntFile(workspace, slug);
  if (!existsSync(dirname(file))) await start({ ...ctx, stdout: SILENT }, { slug });
  if (existsSync(file)) return file;
  const exports = stubExports(readFileSync(paths.stub, "utf8"));
  if (exports.length === 0) throw new KataError("nothing-to-hunt", { slug });
  const facts = { slug, title, name: nameOf(slug), exports: exports.join(", ") };
  try {
    writeFileSync(file, render("attempt/hunt.ts.hbs", facts), { flag: "wx" });
  } catch (error) {
    throw cannotWrite(pathFrom(ctx.cwd, file), error);
  }
  return file;
}

const SILENT = { write: (): boolean => true };
