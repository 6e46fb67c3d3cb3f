import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { pathFrom } from "../report/path-from.ts";
import { cannotWrite } from "../workspace/write-problem.ts";
import { SHARE_SUFFIX } from "./read-shares.ts";
import { ShareFile, type SharedGrade } from "./share-file.ts";

/**
 * Writes a member's file, in place of the one they wrote before.
 * @throws KataError `bad-option` for a name that no file can have, `share-taken`, `cannot-write`.
 */
export function writeShare(
  ctx: CliContext,
  grades: readonly SharedGrade[],
  options: { readonly as?: string; readonly to?: string },
): string {
  const as = (options.as ?? userInfo().username).trim();
  const name = as
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
  if (name === "" || as.length > 40) {
    const why = say`a name has a letter or digit, and at most 40 characters`;
    throw new KataError("bad-option", { option: "--as", value: `"${as}"`, why, command: "share" });
  }
  const share: ShareFile = {
    schemaVersion: 1,
    as,
    sharedAt: ctx.now().toISOString(),
    grades: [...grades],
  };
  const dir = resolve(ctx.cwd, options.to ?? ".");
  const file = join(dir, `${name}${SHARE_SUFFIX}`);
  requireOurs(file, as, ctx.cwd);
  try {
    mkdirSync(dir, { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(share, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw cannotWrite(pathFrom(ctx.cwd, file), error);
  }
  return file;
}

/** Another member's file, or one that is none, is never replaced. */
function requireOurs(file: string, as: string, cwd: string): void {
  if (!existsSync(file)) return;
  let before: unknown;
  try {
    before = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    before = undefined;
  }
  if (ShareFile.safeParse(before).data?.as === as) return;
  throw new KataError("share-taken", { file: pathFrom(cwd, file) });
}
