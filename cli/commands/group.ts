import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { EXIT, type ExitCode, KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { pathFrom } from "../report/path-from.ts";
import { shellWord } from "../report/shell-word.ts";
import { render } from "../scaffold/render.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

interface Args {
  readonly action: string;
  readonly dir: string;
}

/** Prepares a folder in which a group shares its grades: one file a member, so nothing conflicts. */
export async function run(ctx: CliContext, { action, dir }: Args): Promise<ExitCode> {
  if (action !== "init") {
    const why = say`say init, and name a folder`;
    throw new KataError("bad-option", { option: "group", value: action, why, command: "group" });
  }
  const folder = resolve(ctx.cwd, dir);
  const shown = shellWord(pathFrom(ctx.cwd, folder));
  for (const [name, template] of [
    ["README.md", "group/README.md.hbs"],
    [".gitattributes", "group/gitattributes.hbs"],
  ] as const) {
    const file = join(folder, name);
    if (existsSync(file)) {
      ctx.stdout.write(say`Kept  ${pathFrom(ctx.cwd, file)}\n`);
      continue;
    }
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, render(template, {}), { flag: "wx" });
    } catch (error) {
      throw cannotWrite(pathFrom(ctx.cwd, file), error);
    }
    ctx.stdout.write(say`Wrote ${pathFrom(ctx.cwd, file)}\n`);
  }
  ctx.stdout.write(say`\nShare:   kata share --as <name> --to ${shown}\n`);
  ctx.stdout.write(say`Compare: kata compare ${shown}\n`);
  return EXIT.ok;
}
