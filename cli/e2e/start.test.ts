import { execFile } from "node:child_process";
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { awkwardFolder, runCli, runCliAsNobody } from "./run-cli.ts";

const SLUG = "bloom-filter";

let dir: string;
beforeEach(() => {
  dir = awkwardFolder();
});
afterEach(() => {
  chmodSync(dir, 0o700);
  rmSync(dirname(dir), { recursive: true });
});

const kata = (...args: string[]) => runCli(dir, args);
const attempt = (): string => join(dir, "attempts", SLUG, `${SLUG}.ts`);

describe("kata start", () => {
  test("writes the stub and the statement, and says what is next", async () => {
    const run = await kata("start", SLUG);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain(`kata grade ${SLUG}`);
    expect(readdirSync(dirname(attempt())).sort()).toEqual(["README.md", `${SLUG}.ts`]);
    expect(readFileSync(attempt(), "utf8")).toContain("export class BloomFilter");
    const statement = readFileSync(join(dirname(attempt()), "README.md"), "utf8");
    expect(statement).toContain("## Contract");
    expect(statement).not.toContain("<details>");
  });

  test("an editor resolves kata/kit and the allowed globals, and no others", async () => {
    await kata("start", SLUG);
    const more = join(dir, "attempts", "more.ts");
    writeFileSync(
      more,
      [
        'import { type Clock, VirtualClock } from "kata/kit";',
        "const clock: Clock = new VirtualClock();",
        "console.log(clock.now(), new TextEncoder().encode('x'), structuredClone([1]));",
        "queueMicrotask(() => new TextDecoder().decode());",
      ].join("\n"),
    );
    expect(await typecheck()).toBe("");
    writeFileSync(more, "setTimeout(() => {}, 1); process.exit(1);");
    const problems = await typecheck();
    expect(problems).toContain("'setTimeout'");
    expect(problems).toContain("'process'");
  });

  test("never overwrites, and says where the work is", async () => {
    await kata("start", SLUG);
    const untouched = await kata("start", SLUG);
    expect(untouched).toMatchObject({ code: 2, stdout: "" });
    expect(untouched.stderr).toContain("untouched stub");
    writeFileSync(attempt(), "// my work");
    const run = await kata("start", SLUG);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(`attempts/${SLUG}/${SLUG}.ts`);
    expect(run.stderr).toContain(`kata start ${SLUG} --again`);
    expect(readFileSync(attempt(), "utf8")).toBe("// my work");
  });

  test("--again keeps every attempt beside the new one", async () => {
    await kata("start", SLUG);
    for (const work of ["first", "second"]) {
      writeFileSync(attempt(), work);
      expect((await kata("start", SLUG, "--again")).code).toBe(0);
    }
    const kept = (number: number): string =>
      readFileSync(join(dir, "attempts", `${SLUG}.${number}`, `${SLUG}.ts`), "utf8");
    expect([kept(1), kept(2)]).toEqual(["first", "second"]);
    expect(readFileSync(attempt(), "utf8")).toContain("export class BloomFilter");
    // The kept one is not live, and a stub that nobody touched is not worth keeping.
    expect((await runCli(join(dir, "attempts", `${SLUG}.1`), ["hint"])).code).toBe(2);
    expect((await kata("start", SLUG, "--again")).stdout).toContain("untouched");
    expect(existsSync(join(dir, "attempts", `${SLUG}.3`))).toBe(false);
  });

  test("--dir takes the place of attempts/, and its folder is a workspace", async () => {
    const run = await kata("start", SLUG, "--dir", "my katas/week 1");
    expect(run.code).toBe(0);
    const folder = join(dir, "my katas/week 1", SLUG);
    expect(existsSync(join(folder, `${SLUG}.ts`))).toBe(true);
    expect(run.stdout).toContain(`cd 'my katas/week 1/${SLUG}' && kata grade`);
    expect((await runCli(folder, ["hint"])).stdout).toContain("Hint 1 of 3");
    expect((await runCli(dirname(folder), ["hint", SLUG])).stdout).toContain("Hint 2 of 3");
  });

  test("says why a place cannot be written, and leaves nothing half done", async () => {
    writeFileSync(join(dir, "file"), "");
    const run = await kata("start", SLUG, "--dir", "file/below");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("cannot be written: a file stands where a folder is needed");
    expect((await kata("start", SLUG, "--dir", "")).code).toBe(2);
    expect(readdirSync(dir)).toEqual(["file"]);
  });

  test("a read-only folder is told as such", async () => {
    chmodSync(dir, 0o555);
    const run = await runCliAsNobody(dir, ["start", SLUG]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("you have no right to write there");
  });

  test("two at once: one writes, the other finds it there", async () => {
    const codes = (await Promise.all([kata("start", SLUG), kata("start", SLUG)])).map(
      (run) => run.code,
    );
    expect(codes).toContain(0);
    expect(readdirSync(join(dir, "attempts")).sort()).toEqual([SLUG, "tsconfig.json"]);
  });
});

/** What the compiler says of the attempts folder, as an editor would. */
function typecheck(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(manifest), "bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "-p", join(dir, "attempts")], (_, stdout) => resolve(stdout));
  });
}
