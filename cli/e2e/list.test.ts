import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gradedLine } from "./graded-line.ts";
import { MAIN, awkwardFolder, runCli } from "./run-cli.ts";

const SLUG = "bloom-filter";
const ESCAPE = "\u001B[";

let dir: string;
beforeEach(() => {
  dir = awkwardFolder();
});
afterEach(() => {
  rmSync(dirname(dir), { recursive: true });
});

const kata = (...args: string[]) => runCli(dir, args);
const history = (): string => join(dir, ".kata", "history.ndjson");
function writeHistory(...lines: string[]): void {
  mkdirSync(dirname(history()));
  writeFileSync(history(), lines.join(""));
}

describe("kata", () => {
  test("says what to do first", async () => {
    const run = await kata();
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("kata start bloom-filter");
  });

  test("prints help and version on stdout", async () => {
    for (const args of [["--help"], ["help", "start"], ["start", "--help"], ["--version"]]) {
      expect(await kata(...args)).toMatchObject({ code: 0, stderr: "" });
    }
    expect((await kata("start", "--help")).stdout).toContain("Examples:");
  });

  test.each([
    [["lst"], "Did you mean list?"],
    [["list", "--jsn"], "Did you mean --json?"],
    [["show"], "missing required argument"],
    [["show", SLUG, "more"], "too many arguments"],
    [["grade", "--seed", "1.5"], "whole number"],
    [["grade", "--runs", "0"], "whole number"],
  ])("usage error: %j", async (args, words) => {
    const run = await kata(...args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(words);
    expect(run.stderr).toContain("--help");
  });

  test("colours only where they are wanted", async () => {
    const env = { FORCE_COLOR: "1" };
    expect((await kata("show", SLUG)).stdout).not.toContain(ESCAPE);
    expect((await runCli(dir, ["show", SLUG], env)).stdout).toContain(ESCAPE);
    expect((await runCli(dir, ["show", SLUG], { NO_COLOR: "1" })).stdout).not.toContain(ESCAPE);
  });

  test("a reader that leaves early is no error", async () => {
    const command = `"${process.execPath}" "${MAIN}" show ${SLUG} | head -1; echo "\${PIPESTATUS[0]}"`;
    const output = await new Promise<string>((resolve) => {
      execFile("bash", ["-c", command], { cwd: dir }, (_, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
    expect(output.trim().split("\n").at(-1)).toBe("0");
    expect(output).not.toContain("EPIPE");
  });
});

describe("kata list", () => {
  test("shows every kata with its status", async () => {
    writeHistory(
      gradedLine(SLUG, "failed", 40),
      gradedLine(SLUG, "failed", 62),
      gradedLine(SLUG, "failed", 12),
    );
    const run = await kata("list");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^probabilistic$/m);
    expect(run.stdout).toMatch(/^ {2}bloom-filter +beginner +30 min +~ tried 62$/m);
  });

  test("a pass of one property is no pass of the kata", async () => {
    writeHistory(gradedLine(SLUG, "passed", 5, { only: "empty-is-empty" }));
    appendFileSync(history(), gradedLine(SLUG, "passed", 100, { runs: 1 }));
    expect(stateIn(await kata("list", "--json"))).toEqual({ state: "new", best: null });
    appendFileSync(history(), gradedLine(SLUG, "passed", 100));
    appendFileSync(history(), gradedLine(SLUG, "failed", 10));
    expect(stateIn(await kata("list", "--json"))).toEqual({ state: "passed", best: 100 });
  });

  test("skips damaged lines with a warning that leaves stdout alone", async () => {
    const broken = ['{"kata":"bloom', "42\n", '{"event":"hint"}\n', "\u0000\u0000\n"];
    writeHistory(gradedLine(SLUG, "failed", 62), `${broken[0]}\n`, ...broken.slice(1));
    const run = await kata("list", "--json");
    expect(run.code).toBe(0);
    expect(stateIn(run)).toEqual({ state: "tried", best: 62 });
    expect(run.stderr).toContain("lines 2, 3, 4, 5 of");
  });

  test("filters, and names what it accepts", async () => {
    expect((await kata("list", "--level", "beginner")).stdout).toContain(SLUG);
    expect((await kata("list", "--level", "advanced")).stdout).not.toContain(SLUG);
    expect((await kata("list", "--chapter", "probabilistic")).stdout).toContain(SLUG);
    const level = await kata("list", "--level", "expert");
    expect(level).toMatchObject({ code: 2, stdout: "" });
    expect(level.stderr).toContain("beginner, intermediate, advanced");
    const chapter = await kata("list", "--chapter", "../..");
    expect(chapter).toMatchObject({ code: 2, stdout: "" });
    expect(chapter.stderr).toContain("probabilistic");
  });

  test("stays within a narrow terminal", async () => {
    const { stdout } = await runCli(dir, ["list"], { COLUMNS: "40" });
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  test("loads nothing heavy", async () => {
    const hooks = `
      import { writeSync } from "node:fs";
      export async function resolve(specifier, context, next) {
        const found = await next(specifier, context);
        writeSync(2, found.url + "\\n");
        return found;
      }`;
    const register = `import { register } from "node:module"; register(${JSON.stringify(dataUrl(hooks))});`;
    const run = await runCli(dir, ["list"], { NODE_OPTIONS: `--import=${dataUrl(register)}` });
    expect(run.stderr).toContain("dist/cli/main.js");
    expect(run.stderr).not.toMatch(/zod|vitest|handlebars|marked|fast-check|rolldown/);
  });
});

function dataUrl(module: string): string {
  return `data:text/javascript,${encodeURIComponent(module)}`;
}

function stateIn({ stdout }: { readonly stdout: string }): unknown {
  const { katas } = JSON.parse(stdout) as {
    katas: { slug: string; state: string; best: unknown }[];
  };
  const entry = katas.find(({ slug }) => slug === SLUG);
  return { state: entry?.state, best: entry?.best };
}
