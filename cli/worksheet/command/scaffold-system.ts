import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXIT, type ExitCode, KataError, say } from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { pathFrom } from "../../report/path-from.ts";
import { cannotWrite } from "../../workspace/write-problem.ts";
import { findSystems, ownSystemsFolder } from "../definition/find-systems.ts";
import { fillTemplate } from "../render/fill-template.ts";

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** First words of the command that are no system. */
const TAKEN = new Set(["list", "grade", "verify", "new"]);

/**
 * Writes a small definition that works, for a coach to make their own of it.
 * @throws KataError `bad-option`, `worksheet-exists`, `cannot-write`.
 */
export function scaffoldSystem(
  ctx: CliContext,
  workspace: string,
  slug: string | undefined,
): ExitCode {
  const refuse = (why: string): KataError =>
    new KataError("bad-option", {
      option: say`worksheet new`,
      value: slug === undefined ? "nothing" : `"${slug}"`,
      why,
      command: "worksheet",
    });
  if (slug === undefined) throw refuse(say`name it: kata worksheet new ticket-booking`);
  if (!SLUG.test(slug) || TAKEN.has(slug))
    throw refuse(say`take a name in kebab-case, like ticket-booking`);
  if (findSystems(workspace).has(slug)) throw refuse(say`there is a system of that name`);
  const folder = ownSystemsFolder(workspace);
  const definition = join(folder, `${slug}.json`);
  const wrong = join(folder, slug, "wrong/bits-for-bytes.md");
  const data = { slug, title: titleOf(slug) };
  write(ctx, definition, fillTemplate("new/system.json.hbs", data));
  write(ctx, wrong, fillTemplate("new/bits-for-bytes.md.hbs", data));
  ctx.stdout.write(
    [
      say`Wrote ${pathFrom(ctx.cwd, definition)}`,
      say`Wrote ${pathFrom(ctx.cwd, wrong)}`,
      "",
      say`Edit:   ${pathFrom(ctx.cwd, definition)}, a small system that works`,
      say`Check:  kata worksheet verify ${slug}`,
      say`Use:    kata worksheet ${slug}`,
      "",
    ].join("\n"),
  );
  return EXIT.ok;
}

function titleOf(slug: string): string {
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function write(ctx: CliContext, file: string, text: string): void {
  const shown = pathFrom(ctx.cwd, file);
  if (existsSync(file))
    throw cannotWrite(shown, Object.assign(new Error("exists"), { code: "EEXIST" }));
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    throw cannotWrite(shown, error);
  }
}
