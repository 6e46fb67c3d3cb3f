import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { awkwardFolder, runCli, type CliRun } from "./run-cli.ts";

/** The collection of toy katas. */
export const TOYS: string = join(PACKAGE_ROOT, "graders/fixtures/root");

/** A correct attempt at the toy kata `tally`. */
export const SOUND: string = readFileSync(join(TOYS, "solutions/toys/tally/solution.ts"), "utf8")
  .replace(/^import.*\n\n/, "")
  .replace(" implements Stub", "");

/** The correct attempt with code of its own at the beginning of `add`. */
export function soundButInAdd(code: string): string {
  const add = "  add(word: string): number {\n";
  return SOUND.replace(add, `${add}${code}\n`);
}

/** A candidate's folder, with an attempt at `tally`. */
export class TallyFolder {
  readonly dir: string = awkwardFolder();

  kata(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
    return runCli(this.dir, args, { KATA_ROOT: TOYS, ...env });
  }

  /** Writes the attempt and returns its folder. */
  attempt(source: string): string {
    const folder = join(this.dir, "attempts", "tally");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "tally.ts"), source);
    return folder;
  }

  async report(args: readonly string[] = []): Promise<{ code: number; report: GradeReport }> {
    const { code, stdout } = await this.kata(["grade", "tally", "--json", ...args]);
    return { code, report: GradeReport.parse(JSON.parse(stdout)) };
  }

  history(): string[] {
    const file = join(this.dir, ".kata", "history.ndjson");
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }
}

/** Workers whose grader is gone, and that are still there 2 s later: to die takes a moment. */
export function orphans(): string[] {
  if (process.platform !== "linux") return [];
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let found = readdirSync("/proc").filter(isOrphan);
  for (let i = 0; i < 20 && found.length > 0; i += 1) {
    Atomics.wait(pause, 0, 0, 100);
    found = found.filter(isOrphan);
  }
  return found;
}

function isOrphan(pid: string): boolean {
  if (!/^\d+$/.test(pid)) return false;
  try {
    const parent = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return parent === "1" && /(spec|bench|hunt)-worker\.js/.test(command);
  } catch {
    return false; // It ended while we looked.
  }
}
