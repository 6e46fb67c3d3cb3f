import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { awkwardFolder, runCli } from "./run-cli.ts";

const dir = awkwardFolder();
const file = (name: string): string => join(dir, name);

beforeAll(async () => {
  await runCli(dir, ["worksheet", "twitter"]);
  await runCli(dir, ["worksheet", "twitter", "--for", "answers", "--out", "answers.md"]);
});

describe("kata worksheet grade", () => {
  test("a whole worksheet: exit 0, four lines of points and no verdict on the person", async () => {
    const run = await runCli(dir, ["worksheet", "grade", "answers.md"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^Computed +55\/55 +estimates 35\/35 · diagram 20\/20$/m);
    expect(run.stdout).toMatch(/^Matched by name +30\/30 +api 15\/15 · data model 15\/15$/m);
    expect(run.stdout).toMatch(/^Coverage hints +\d/m);
    expect(run.stdout).toMatch(/^Not judged +- +problem exploration/m);
    expect(run.stdout).not.toMatch(/hire/i);
    for (const line of run.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("a blank one by its slug: exit 1, and it tells no answer that was not tried", async () => {
    const run = await runCli(dir, ["worksheet", "grade", "twitter"]);
    expect(run).toMatchObject({ code: 1, stderr: "" });
    expect(run.stdout).toContain("filled: 0 of 12 estimates, 0 of 6 texts");
    expect(run.stdout).not.toMatch(/expected \d|no operation found|no entity found/);
  });

  test("one slip: its line, what was written, what was expected and why", async () => {
    const slip = readFileSync(file("answers.md"), "utf8").replace("| 59 MB/s |", "| 472 MB/s |");
    writeFileSync(file("slip.md"), slip);
    const line = slip.split("\n").findIndex((text) => text.includes("472 MB/s")) + 1;
    const { stdout } = await runCli(dir, ["worksheet", "grade", "slip.md"]);
    expect(stdout).toContain(
      `line ${line} ingress: you 472 MB/s, expected 59 MB/s (8 times off) 60 %`,
    );
    // 40 % for the number; the formula beside it is right, which is worth 60.
    expect(stdout).toContain("bits and bytes mixed; your formula gives 59 MB/s");
  });

  test("--json is the report, --no-hints leaves the hints out, --threshold moves the mark", async () => {
    const run = await runCli(dir, ["worksheet", "grade", "answers.md", "--json", "--no-hints"]);
    expect(JSON.parse(run.stdout)).toMatchObject({
      schemaVersion: 1,
      system: "twitter",
      computed: { points: 55, of: 55 },
      hints: null,
      reached: true,
    });
    const blank = await runCli(dir, ["worksheet", "grade", "twitter", "--threshold", "0"]);
    expect(blank.code).toBe(0);
    expect((await runCli(dir, ["worksheet", "grade", "twitter", "--threshold", "x"])).code).toBe(2);
  });

  test("a ruling is kept beside the worksheet, with who made it", async () => {
    const rule = [
      "worksheet",
      "grade",
      "twitter",
      "--accept",
      "bottlenecks.celebrity",
      "--by",
      "Ada",
    ];
    const run = await runCli(dir, rule);
    expect(run.stdout).toMatch(/bottlenecks\.celebrity: accepted by Ada on \d{4}-/);
    const later = await runCli(dir, ["worksheet", "grade", "twitter"]);
    expect(later.stdout).toContain("accepted by Ada");
    expect(existsSync(file("worksheets/twitter.rulings.json"))).toBe(true);
    const unknown = await runCli(dir, [
      "worksheet",
      "grade",
      "twitter",
      "--reject",
      "x.y",
      "--by",
      "Ada",
    ]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("bottlenecks.celebrity");
  });
});

describe("what cannot be graded", () => {
  const FRONT = "---\nkata-worksheet: 1\nsystem: twitter\nversion: 1\n---\n";
  beforeAll(() => {
    mkdirSync(file("folder"));
    writeFileSync(file("prose.md"), "# My design\n\nIt scales.\n");
    writeFileSync(file("empty.md"), "");
    writeFileSync(file("binary.md"), Buffer.from([0, 255, 254, 1, 10, 45, 45, 45]));
    writeFileSync(file("large.md"), `${FRONT}${"x".repeat(1_000_001)}`);
    writeFileSync(file("unknown.md"), FRONT.replace("twitter", "twiter"));
    writeFileSync(file("path.md"), FRONT.replace("twitter", "../../package"));
  });

  test.each([
    [[], 2, "name a worksheet"],
    [["nothing.md"], 3, "nothing.md does not exist"],
    [["folder"], 3, "it is a folder"],
    [["prose.md"], 3, "the front matter is missing"],
    [["empty.md"], 3, "the front matter is missing"],
    [["binary.md"], 3, "the front matter is missing"],
    [["large.md"], 3, "larger than 1 MB"],
    [["unknown.md"], 2, "Did you mean twitter?"],
    [["path.md"], 2, "There is no worksheet"],
  ])("%j: exit %i", async (args, code, said) => {
    const run = await runCli(dir, ["worksheet", "grade", ...args]);
    expect(run).toMatchObject({ code, stdout: "" });
    expect(run.stderr).toContain(said);
    expect(run.stderr).not.toContain("kata broke");
  });
});
