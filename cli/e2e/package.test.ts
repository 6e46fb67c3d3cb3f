import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { awkwardFolder } from "./run-cli.ts";

/** The package as a stranger gets it: packed, installed globally, used in an empty folder. */
const run = promisify(execFile);
const prefix = mkdtempSync(join(tmpdir(), "kata-global-"));
const bin = join(prefix, "bin", "kata");
const installed = join(prefix, "lib", "node_modules", "kata");
const offline = {
  npm_config_offline: "true",
  HTTPS_PROXY: "http://127.0.0.1:9",
  HTTP_PROXY: "http://127.0.0.1:9",
};

interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function kata(cwd: string, ...args: string[]): Promise<Run> {
  const { PATH = "", HOME = "" } = process.env;
  return run(bin, args, { cwd, env: { PATH, HOME, ...offline } }).then(
    (done) => ({ ...done, code: 0 }),
    ({ stdout, stderr, code }: Run) => ({ stdout, stderr, code }),
  );
}

describe.skipIf(process.platform === "win32")("the installed package", () => {
  beforeAll(async () => {
    const { stdout } = await run(
      "npm",
      ["pack", "--ignore-scripts", "--json", "--pack-destination", prefix],
      {
        cwd: PACKAGE_ROOT,
      },
    );
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    const tarball = join(prefix, packed?.filename ?? "");
    // Without the lock file: what a user's npm would choose today.
    await run("npm", [
      "install",
      "--global",
      "--prefix",
      prefix,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      tarball,
    ]);
  }, 240_000);

  test("starts and grades offline, in a folder with an awkward name", async () => {
    const dir = awkwardFolder();
    expect(await kata(dir, "start", "bloom-filter")).toMatchObject({ code: 0 });
    const untouched = await kata(dir, "grade", "bloom-filter");
    expect(untouched.code).toBe(1);
    expect(untouched.stdout).toContain("Score 0/100");

    const attempt = join(dir, "attempts/bloom-filter/bloom-filter.ts");
    const stub = join(installed, "katas/probabilistic/bloom-filter/stub.ts");
    const reference = readFileSync(
      join(installed, "solutions/probabilistic/bloom-filter/solution.ts"),
      "utf8",
    );
    copyFileSync(stub, join(dir, "attempts/bloom-filter/types.ts"));
    writeFileSync(attempt, reference.replace(/from "[^"]*\/stub\.ts"/, 'from "./types.ts"'));
    const graded = await kata(dir, "grade", "bloom-filter", "--json");
    const report = GradeReport.parse(JSON.parse(graded.stdout));
    expect(report).toMatchObject({ verdict: "passed", score: { points: 100, judged: 100 } });
  });

  test("an editor resolves the types of kata/kit beside an attempt", async () => {
    const dir = awkwardFolder();
    await kata(dir, "start", "token-bucket");
    const source =
      'import { hash32, type Clock } from "kata/kit";\nexport const at = (clock: Clock): number => clock.now() + hash32("a", 1);\n';
    writeFileSync(join(dir, "attempts/token-bucket/extra.ts"), source);
    const tsc = join(PACKAGE_ROOT, "node_modules/.bin/tsc");
    expect(await run(tsc, ["--project", join(dir, "attempts")])).toMatchObject({ stdout: "" });
  });

  test("has no instrumenter, and says how to get one when mutants are asked for", async () => {
    const { stdout, stderr, code } = await kata(
      awkwardFolder(),
      "verify",
      "--mutants",
      "lru-cache",
    );
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain("npm install --save-dev @stryker-mutator/instrumenter@9.6.1");
  });

  test("takes less than 150 MB", () => {
    expect(sizeOf(installed)).toBeLessThan(150 * 1024 * 1024);
  });

  test("has neither tests nor fixtures in it", () => {
    const names = readdirSync(installed, { recursive: true, encoding: "utf8" });
    const ours = names.filter((name) => !name.startsWith("node_modules"));
    expect(ours.filter((name) => /\.test\.|fixtures|e2e/.test(name))).toEqual([]);
  });
});

function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
