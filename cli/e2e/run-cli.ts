import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PACKAGE_ROOT } from "../../graders/reading.ts";

/** What a finished `kata` left behind. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const NOBODY = 65_534;

export const MAIN: string = join(PACKAGE_ROOT, "dist/cli/main.js");

/** Runs the built CLI, without a terminal and without the colours of the test runner's own. */
export function runCli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  user: { readonly uid?: number; readonly gid?: number } = {},
): Promise<CliRun> {
  if (!existsSync(MAIN)) throw new Error("the CLI is not built: npm run build");
  const { PATH = "", HOME = "" } = process.env;
  const options = { cwd, ...user, env: { PATH, HOME, ...env }, maxBuffer: 32 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

/** Like `runCli`, as a user who owns nothing: root may write anywhere. */
export function runCliAsNobody(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const isRoot = process.getuid?.() === 0;
  return runCli(cwd, args, env, isRoot ? { uid: NOBODY, gid: NOBODY } : {});
}

/** A new empty folder whose path has a space, a quote and letters outside ASCII. */
export function awkwardFolder(): string {
  // A grade that somebody once ran there would make every folder of these tests part of its workspace.
  for (const left of ["attempts", ".kata"].map((name) => join(tmpdir(), name))) {
    if (existsSync(left)) throw new Error(`remove ${left}, or set TMPDIR, to run these tests`);
  }
  const dir = join(mkdtempSync(join(tmpdir(), "kata-e2e-")), "mes réponses d'été 試");
  mkdirSync(dir);
  chmodSync(dirname(dir), 0o755);
  return dir;
}
