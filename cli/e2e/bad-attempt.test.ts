import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { MAIN } from "./run-cli.ts";
import { SOUND, TOYS, TallyFolder, orphans, soundButInAdd } from "./tally-folder.ts";

let folder: TallyFolder;
beforeEach(() => {
  folder = new TallyFolder();
});

/** Whether the worker of a grade is up. */
function isUnderWay(grader: number | undefined): boolean {
  if (process.platform !== "linux") return true;
  const children = readFileSync(`/proc/${grader}/task/${grader}/children`, "utf8").trim();
  return children.split(" ").some((pid) => {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) && readFileSync(file, "utf8").includes("spec-worker.js");
  });
}

describe("an attempt that cannot be graded, or ends its own grade", () => {
  const late = (code: string) => `${SOUND}\n${code}\n`;
  test.each([
    [
      "does not parse",
      SOUND.replace("class Tally", "class {"),
      3,
      "ungradable",
      "does-not-compile",
    ],
    [
      "does not type-check",
      soundButInAdd("const n: number = word;"),
      3,
      "ungradable",
      "does-not-compile",
    ],
    [
      "does not fit the stub",
      SOUND.replace("count(word: string)", "count(word: number)"),
      3,
      "ungradable",
      "does-not-compile",
    ],
    ["lacks the export", SOUND.replace("export class", "class"), 3, "ungradable", "missing-export"],
    ["is empty", "", 3, "ungradable", "missing-export"],
    ["names what the host has", late("process.exit(0);"), 3, "ungradable", "static-denied"],
    ["throws while it loads", late('throw new Error("boom");'), 1, "failed", "crashed"],
    ["loops while it loads", late("while (true) {}"), 1, "failed", "timed-out"],
    ["never finishes to load", late("await new Promise(() => {});"), 1, "failed", "timed-out"],
    [
      "exits while it loads",
      late("(globalThis as any).process.exit(0);"),
      3,
      "ungradable",
      "static-denied",
    ],
    [
      "really exits",
      soundButInAdd("(globalThis as any).process.reallyExit(0);"),
      3,
      "ungradable",
      "static-denied",
    ],
    [
      "kills itself",
      soundButInAdd("(globalThis as any).process.kill((globalThis as any).process.pid, 9);"),
      3,
      "ungradable",
      "static-denied",
    ],
    [
      "fills the memory",
      soundButInAdd(
        "const all: unknown[] = []; for (;;) all.push(new Array(1_000_000).fill(word));",
      ),
      1,
      "failed",
      "memory-limit",
    ],
    ["reads the clock", soundButInAdd("Date.now();"), 3, "ungradable", "static-denied"],
    ["throws a string", soundButInAdd('throw "no";'), 1, "failed", "rejected"],
  ])("%s", async (_, source, expected, verdict, reason) => {
    folder.attempt(source);
    const { code, report: graded } = await folder.report();
    expect(graded).toMatchObject({ verdict, reason });
    expect(code).toBe(expected);
    expect(graded.detail).toBeTruthy();
    expect(graded.score.points).toBeLessThan(100);
    if (verdict === "ungradable") expect(graded.score.points).toBe(0);
    expect(folder.history()).toHaveLength(1);
    expect(orphans()).toEqual([]);
  });

  test("prints a gigabyte", async () => {
    const flood =
      "const line = 'x'.repeat(1_000_000); for (let i = 0; i < 1_000; i += 1) console.log(line);";
    folder.attempt(soundButInAdd(flood));
    const { code, report: graded } = await folder.report();
    expect(code).toBe(1);
    expect(graded).toMatchObject({ verdict: "failed", reason: "output-limit" });
    expect(graded.output.length).toBeLessThan(10_000);
  });

  test("honest code that changes what all objects share is told how one comes to that", async () => {
    const map = `const shelves: Record<string, Record<string, number>> = {};
      const key = \`__\${"proto"}__\`;
      (shelves[key] ??= {})["held".padEnd(5_000, "!")] = 1;`;
    folder.attempt(soundButInAdd(map));
    const { code, report: graded } = await folder.report();
    expect(code).toBe(1);
    expect(graded).toMatchObject({ verdict: "failed", reason: "tampered", score: { points: 0 } });
    expect(graded.detail).toContain("Your code changed Object.prototype.held!!!");
    expect(graded.detail?.length).toBeLessThan(250);
    expect(graded.detail).toContain("Use a Map");
    expect(graded.properties.map(({ outcome }) => outcome)).toEqual([
      "errored",
      "not-run",
      "not-run",
    ]);
    expect(orphans()).toEqual([]);
  });

  test("type errors point into the attempt", async () => {
    folder.attempt(soundButInAdd("    const n: number = word;"));
    const { report: graded } = await folder.report();
    const line =
      soundButInAdd("    const n: number = word;")
        .split("\n")
        .findIndex((text) => text.includes("const n")) + 1;
    expect(graded.typeProblems).toMatchObject([{ line, column: 11, code: "TS2322" }]);
  });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle stops at once and leaves nothing",
  async (signal) => {
    folder.attempt(
      SOUND.replace(
        "  add(word: string): number {",
        "  add(word: string): number {\n    for (;;) ;",
      ),
    );
    const child = spawn(process.execPath, [MAIN, "grade", "tally"], {
      cwd: folder.dir,
      env: { PATH: process.env["PATH"] ?? "", KATA_ROOT: TOYS },
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    await vi.waitFor(() => expect(isUnderWay(child.pid)).toBe(true), { timeout: 20_000 });
    await new Promise((resolve) => setTimeout(resolve, 800));
    const stopped = Date.now();
    child.kill(signal);
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(5);
    expect(Date.now() - stopped).toBeLessThan(2_000);
    expect(stderr).toContain("Stopped by you");
    expect(folder.history()).toEqual([]);
    expect(orphans()).toEqual([]);
  },
);
