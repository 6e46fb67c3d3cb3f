import { dirname, join, resolve } from "node:path";
import {
  EXIT,
  type ExitCode,
  KataError,
  type KataOnDisk,
  findKata,
  nameOf,
  say,
} from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { carryPack } from "../packs/carry-pack.ts";
import { requireProof } from "../packs/require-proof.ts";
import { pathFrom } from "../report/path-from.ts";
import { shellWord } from "../report/shell-word.ts";
import { isUntouched, writeAttempt } from "../workspace/attempt.ts";
import { appendEvent } from "../workspace/history.ts";
import { ATTEMPTS, claimWorkspace, findWorkspace } from "../workspace/workspace.ts";

export interface StartArgs {
  readonly slug: string;
  /** Takes the place of attempts/. */
  readonly dir?: string;
  readonly again?: boolean;
  /** Minutes of an interview clock. */
  readonly timed?: number;
}

/** Writes the stub of a kata to fill in, never over the user's work. */
export async function run(
  ctx: CliContext,
  { slug, dir, again, timed }: StartArgs,
): Promise<ExitCode> {
  const kata = await findKata(ctx, slug);
  await requireProof(ctx, kata);
  const parent = parentFolder(ctx, dir);
  const standing = join(parent, slug, `${nameOf(slug)}.ts`);
  if (again === true && isUntouched(kata, standing)) {
    ctx.stdout.write(say`${pathFrom(ctx.cwd, standing)} is still the untouched stub.\n\n`);
  } else {
    const request = { kata, parent, again: again === true, cwd: ctx.cwd };
    const { file, keptIn } = writeAttempt(request);
    if (dir !== undefined) claimWorkspace(parent);
    if (kata.pack !== undefined) carryPack(findWorkspace(parent), kata.pack);
    appendEvent(ctx, findWorkspace(parent), {
      event: "started",
      kata: slug,
      at: ctx.now().toISOString(),
      ...(timed === undefined ? {} : { timedMinutes: timed }),
    });
    if (keptIn !== undefined) {
      ctx.stdout.write(say`Your work so far is kept in ${pathFrom(ctx.cwd, keptIn)}\n`);
    }
    ctx.stdout.write(say`Wrote ${pathFrom(ctx.cwd, file)}\n\n`);
  }
  ctx.stdout.write(nextSteps(ctx, kata, standing, dir !== undefined));
  return EXIT.ok;
}

function parentFolder(ctx: CliContext, dir: string | undefined): string {
  if (dir === undefined) return join(findWorkspace(ctx.cwd), ATTEMPTS);
  if (dir.trim() === "") {
    const why = say`name a folder`;
    throw new KataError("bad-option", {
      option: "--dir",
      value: `"${dir}"`,
      why,
      command: "start",
    });
  }
  return resolve(ctx.cwd, dir);
}

function nextSteps(
  ctx: CliContext,
  { slug }: KataOnDisk,
  file: string,
  elsewhere: boolean,
): string {
  const grade = elsewhere
    ? `cd ${shellWord(pathFrom(ctx.cwd, dirname(file)))} && kata grade`
    : `kata grade ${slug}`;
  return [
    say`Read:    kata show ${slug}`,
    say`Edit:    ${pathFrom(ctx.cwd, file)}`,
    say`Grade:   ${grade}`,
    say`Stuck:   kata hint ${slug}`,
    "",
  ].join("\n");
}
