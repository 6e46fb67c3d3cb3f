import { appendFileSync, chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { GradeReport } from "../../graders/index.ts";
import { runCli, runCliAsNobody } from "./run-cli.ts";
import { SOUND, TOYS, TallyFolder, orphans } from "./tally-folder.ts";

let folder: TallyFolder;
beforeEach(() => {
  folder = new TallyFolder();
});

function outcomes({ properties }: GradeReport): string[] {
  return properties.map(({ id, outcome }) => `${id} ${outcome}`);
}

describe("a grade", () => {
  test("of the reference passes with all points", async () => {
    folder.attempt(SOUND);
    const { code, report: graded } = await folder.report();
    expect(code).toBe(0);
    expect(graded).toMatchObject({
      verdict: "passed",
      score: { points: 100, judged: 100, properties: 70, budgets: 30 },
      subject: { kind: "attempt" },
    });
    expect(outcomes(graded)).toEqual(["counts held", "words-are-apart held", "no-empty-word held"]);
    expect(graded.budgets).toMatchObject([
      { id: "add", kind: "time", outcome: "within", limit: 5 },
    ]);
    expect(folder.history()).toHaveLength(1);
  });

  test("of the untouched stub fails every property and names what is not written", async () => {
    await folder.kata(["start", "tally"]);
    const { code, stdout } = await folder.kata(["grade", "tally"]);
    expect(code).toBe(1);
    expect(stdout).toContain("Not written yet: Tally.add");
    expect(stdout).toContain("Score 0/100");
  });

  test("of a wrong answer shows the rule, the shrunk steps and a replay that repeats them", async () => {
    folder.attempt(SOUND.replace("this.count(word) + 1", "this.count(word) * 2 + 1"));
    const { code, report: graded } = await folder.report();
    expect(code).toBe(1);
    expect(graded).toMatchObject({ verdict: "failed", reason: "rejected" });
    // Counting 1, 3, 7: the shortest story is one word twice, and "a" is the simplest word.
    const failure = graded.properties[0]?.failure;
    expect(failure).toMatchObject({ expected: "[2,2]", actual: "[3,3]" });
    expect(failure?.steps).toEqual(['"a" -> [1,1]', '"a"']);
    const token = graded.properties[0]?.replay ?? "";
    const again = await folder.report(["--replay", token]);
    expect(again.code).toBe(1);
    expect(again.report.properties[0]?.failure).toEqual(failure);
    expect(outcomes(again.report)).toEqual([
      "counts violated",
      "words-are-apart not-run",
      "no-empty-word not-run",
    ]);
    const { stdout } = await folder.kata(["grade", "tally"]);
    expect(stdout).toContain("Rule 1: Counts.");
    expect(stdout).toContain(`kata grade tally --replay ${token}`);
  });

  test("is the same at one seed and other at another", async () => {
    folder.attempt(SOUND.replace('word === ""', "word.length > 3"));
    const [one, two] = [(await folder.report()).report, (await folder.report()).report];
    const essence = (graded: GradeReport): unknown =>
      graded.properties.map(({ outcome, failure, path, seed }) => [
        outcome,
        { ...failure, stack: undefined },
        path,
        seed,
      ]);
    expect(essence(two)).toEqual(essence(one));
    const other = (await folder.report(["--seed", "7"])).report;
    expect(other.properties[0]?.seed).not.toBe(one.properties[0]?.seed);
  });

  test("looks again at a fresh seed, and what breaks there counts", async () => {
    // Right for as long as the first look lasts, wrong at the second.
    const spoiled = SOUND.replace("export class Tally {", "let made = 0;\n\nexport class Tally {")
      .replace("add(word: string): number {", "add(word: string): number {\n    made += 1;")
      .replace("this.count(word) + 1", "this.count(word) + (made > 2_000 ? 2 : 1)");
    folder.attempt(spoiled);
    const { code, report: graded } = await folder.report(["--runs", "300"]);
    expect(code).toBe(1);
    expect(graded.freshSeed).toBeTypeOf("number");
    expect(graded).toMatchObject({ verdict: "failed", reason: "rejected" });
    expect(outcomes(graded)[0]).toBe("counts violated");
    for (const oneLook of [["--seed", "5"], ["--no-budget"]]) {
      expect((await folder.report(oneLook)).report).not.toHaveProperty("freshSeed");
    }
  });

  test("infers the kata from the folder and from the file", async () => {
    const inAttempts = folder.attempt(SOUND);
    const inside = await runCli(inAttempts, ["grade", "--no-budget"], { KATA_ROOT: TOYS });
    expect(inside).toMatchObject({ code: 0, stderr: "" });
    writeFileSync(join(folder.dir, "tally.ts"), SOUND);
    expect(await folder.kata(["grade", "--no-budget", "--file", "tally.ts"])).toMatchObject({
      code: 0,
    });
  });

  test("of one property judges its share of the points", async () => {
    folder.attempt(SOUND);
    const { code, report: graded } = await folder.report(["--only", "words-are-apart"]);
    expect(code).toBe(0);
    expect(graded.score).toMatchObject({ points: 21, judged: 21 });
    expect(graded.budgets).toEqual([]);
  });

  test("without budgets says that 30 points were not judged", async () => {
    folder.attempt(SOUND);
    const { stdout } = await folder.kata(["grade", "tally", "--no-budget"]);
    expect(stdout).toContain("Score 70/100");
    expect(stdout).toContain("This grade judged 70 of 100 points.");
  });

  test("over a budget fails with 70 points", async () => {
    const slow = "for (let i = 0; i < 3_000; i += 1) this.#counts.get(String(i));\n    const count";
    folder.attempt(SOUND.replace("const count", slow));
    const { code, report: graded } = await folder.report();
    expect(code).toBe(1);
    expect(graded).toMatchObject({
      verdict: "failed",
      reason: "over-budget",
      score: { points: 70 },
    });
  });

  test("keeps the points of what held before a property that never comes back", async () => {
    folder.attempt(
      SOUND.replace('if (word === "")', 'while (word === "") ;\n    if (word === "")'),
    );
    const { code, report: graded } = await folder.report();
    expect(code).toBe(1);
    expect(graded).toMatchObject({ verdict: "failed", reason: "timed-out", score: { points: 56 } });
    expect(outcomes(graded)).toEqual([
      "counts held",
      "words-are-apart held",
      "no-empty-word timed-out",
    ]);
    expect(orphans()).toEqual([]);
  });
});

describe("a grade that cannot begin", () => {
  test.each([
    [["grade", "taly"], 2, "Did you mean tally?"],
    [["grade", "tally"], 3, "kata start tally"],
    [["grade", "tally", "--file", "nowhere.ts"], 3, "nowhere.ts"],
    [["grade", "tally", "--file", "."], 3, "it is a folder"],
    [["grade"], 2, "Name it"],
  ])("%j", async (args, code, words) => {
    const run = await folder.kata(args);
    expect(run.code).toBe(code);
    expect(run.stdout).toBe("");
    expect(run.stderr).toContain(words);
  });

  test.each([
    [["--only", "cuonts"], "Did you mean counts?"],
    [["--replay", "nonsense"], "token"],
    [["--runs", "0"], "--runs"],
    [["--seed", "x"], "--seed"],
  ])("%j is a usage error", async (args, words) => {
    folder.attempt(SOUND);
    const run = await folder.kata(["grade", "tally", ...args]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(words);
  });
});

describe("the history", () => {
  test("a damaged line is skipped with a warning and never lost", async () => {
    folder.attempt(SOUND);
    await folder.kata(["grade", "tally", "--no-budget"]);
    appendFileSync(join(folder.dir, ".kata", "history.ndjson"), '{"half a li');
    expect(await folder.kata(["grade", "tally", "--no-budget"])).toMatchObject({ code: 0 });
    const lines = folder.history();
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe('{"half a li');
    for (const line of [lines[0], lines[2]]) GradeReport.parse(JSON.parse(line ?? ""));
  });
});

test("a grade in a read-only folder is shown all the same, and not kept", async () => {
  const inAttempts = folder.attempt(SOUND);
  chmodSync(folder.dir, 0o555);
  const run = await runCliAsNobody(inAttempts, ["grade", "--no-budget"], { KATA_ROOT: TOYS });
  expect(run.code).toBe(0);
  expect(run.stdout).toContain("Score 70/100");
  expect(run.stderr).toContain("This grade was not kept");
  expect(folder.history()).toEqual([]);
});

describe("the text report", () => {
  test.each([40, 80, 120])(
    "keeps to %i columns, but for what is there to be copied",
    async (columns) => {
      folder.attempt(SOUND.replace("this.count(word) + 1", "this.count(word) + 2"));
      const { stdout } = await folder.kata(["grade", "tally"], { COLUMNS: String(columns) });
      const wide = stdout
        .split("\n")
        .filter((line) => line.length > columns && !line.includes("--replay"));
      expect(wide).toEqual([]);
    },
  );

  test("has colour only where it is wanted, and marks everywhere", async () => {
    folder.attempt(SOUND);
    const plain = await folder.kata(["grade", "tally", "--no-budget"], { NO_COLOR: "1" });
    expect(plain.stdout).not.toContain("\u001B");
    expect(plain.stdout).toContain("✓ counts");
    const coloured = await folder.kata(["grade", "tally", "--no-budget"], { FORCE_COLOR: "1" });
    expect(coloured.stdout).toContain("\u001B[32m");
  });
});
