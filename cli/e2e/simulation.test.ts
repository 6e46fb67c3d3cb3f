import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { awkwardFolder, runCli } from "./run-cli.ts";

const root = join(PACKAGE_ROOT, "graders/fixtures/root");
const env = { KATA_ROOT: root };
const own = (name: string): string => join(root, "solutions/toys/whisper", name);

test("a failure of a cluster is a story, a page and a token that tells it again", async () => {
  const cwd = awkwardFolder();
  const file = own("wrong/emit-apart.ts");
  const words = ["grade", "whisper", "--file", file, "--no-budget"];
  const { code, stdout } = await runCli(cwd, [...words, "--json", "--html", "r.html"], env);
  expect(code).toBe(1);
  const report = GradeReport.parse(JSON.parse(stdout));
  const failed = report.properties.find(({ id }) => id === "heard-once");
  const { story } = failed?.failure ?? {};
  expect(story?.faults).toHaveLength(1);
  expect(story?.rows.at(-1)?.text).toBe("outputs heard(word a)");
  const page = readFileSync(join(cwd, "r.html"), "utf8");
  expect(page).toContain("<svg");
  expect(page).toContain("sequenceDiagram");

  const trace = ["trace", "whisper", "--file", file, "--replay", failed?.replay ?? ""];
  const again = await runCli(cwd, [...trace, "--json"], env);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ story });
  const text = await runCli(cwd, trace, env);
  expect(text.stdout).toContain("heard-once violated");
  for (const line of text.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  const mended = await runCli(cwd, trace.with(3, own("solution.ts")), env);
  expect(mended.stdout).toContain("this failure does not come back");
});

test("kata trace shows the example, and says so when there is none", async () => {
  const cwd = awkwardFolder();
  const { code, stdout } = await runCli(cwd, ["trace", "whisper"], env);
  expect(code).toBe(0);
  expect(stdout).toContain("n0 -> n2  tell(word a) is lost");
  const stub = join(root, "katas/toys/whisper/stub.ts");
  const unwritten = await runCli(cwd, ["trace", "whisper", "--file", stub], env);
  expect(unwritten.stdout).toContain("unimplemented: createNode");
  const none = await runCli(cwd, ["trace", "tally"], env);
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toContain("There is no run of a cluster to show for tally.");
});

test("a page is never written over what is not one", async () => {
  const cwd = awkwardFolder();
  writeFileSync(join(cwd, "mine.html"), "my own notes");
  const words = ["trace", "whisper", "--html"];
  const refused = await runCli(cwd, [...words, "mine.html"], env);
  expect(refused.code).toBe(2);
  expect(readFileSync(join(cwd, "mine.html"), "utf8")).toBe("my own notes");
  for (const _ of [1, 2]) expect((await runCli(cwd, [...words, "run.html"], env)).code).toBe(0);
  expect(existsSync(join(cwd, "run.html"))).toBe(true);
});

test("a handler that never returns is stopped, and named with its argument", async () => {
  const cwd = awkwardFolder();
  const handlers = "{ onRequest() { for (;;); } }";
  const file = join(cwd, "loops.ts");
  writeFileSync(file, `export function createNode() { return ${handlers}; }\n`);
  const words = ["grade", "whisper", "--file", file, "--only", "spreads", "--json"];
  const { code, stdout } = await runCli(cwd, words, env);
  expect(code).toBe(1);
  const { properties, reason } = GradeReport.parse(JSON.parse(stdout));
  expect(reason).toBe("timed-out");
  const { failure } = properties.find(({ id }) => id === "spreads") ?? {};
  expect(failure?.what).toMatch(
    /^n\d\.onRequest\("c\d\.\d", \{"type":"whisper","word":"[abc]"\}\), which did not come back/,
  );
});
