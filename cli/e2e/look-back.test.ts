import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { KataHistory } from "../history/read-attempts.ts";
import { SOUND, TallyFolder, orphans } from "./tally-folder.ts";

const WRONG = SOUND.replace("this.count(word) + 1", "this.count(word) * 2 + 1");
let folder: TallyFolder;
beforeEach(() => {
  folder = new TallyFolder();
});

function historyFile(): string {
  return join(folder.dir, ".kata", "history.ndjson");
}

/** As if every grade so far had been made before an upgrade of kata. */
function upgrade(): void {
  const lines = folder.history().map((line) => {
    const value = JSON.parse(line) as Record<string, unknown>;
    return JSON.stringify("specHash" in value ? { ...value, specHash: "00000000dead" } : value);
  });
  writeFileSync(historyFile(), `${lines.join("\n")}\n`);
}

async function histories(): Promise<KataHistory[]> {
  const { code, stdout } = await folder.kata(["history", "--json"]);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { katas: KataHistory[] }).katas;
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

describe("kata history", () => {
  test("tells attempts apart, and what each took", async () => {
    await folder.kata(["start", "tally", "--timed", "30"]);
    folder.attempt(WRONG);
    await folder.kata(["grade", "tally"]);
    await folder.kata(["hint", "tally"]);
    folder.attempt(SOUND);
    await folder.kata(["grade", "tally"]);
    await folder.kata(["start", "tally", "--again"]);
    await folder.kata(["grade", "tally", "--no-budget"]);

    const [tally, ...others] = await histories();
    expect(others).toEqual([]);
    expect(tally?.attempts).toMatchObject([
      { timedMinutes: 30, hints: 1, best: 100, minutesToPass: 0, gaveUp: false },
      { hints: 0 },
    ]);
    expect(tally?.attempts[0]?.grades.map(({ verdict }) => verdict)).toEqual(["failed", "passed"]);
    expect(tally?.attempts[0]?.ratio).toBeGreaterThan(0.1);
    expect(tally?.attempts[1]).not.toHaveProperty("best");

    const all = await folder.kata(["history"]);
    expect(all.stdout).toMatch(/^tally +2 +\S*█ +100 +\d\.\d\dx +0 min +1$/m);
    const one = await folder.kata(["history", "tally"]);
    expect(one.stdout).toContain("tally: 2 attempts");
    expect(one.stdout).toMatch(/failed: rejected +\d/);
    for (const { stdout } of [all, one]) expect(widest(stdout)).toBeLessThanOrEqual(80);
    const narrow = await folder.kata(["history", "tally"], { COLUMNS: "40" });
    expect(widest(narrow.stdout)).toBeLessThanOrEqual(40);
  });

  test("of nothing, and of a kata that is none", async () => {
    const empty = await folder.kata(["history"]);
    expect(empty.stdout).toBe("No attempt yet. Begin one: kata start bloom-filter\n");
    const one = await folder.kata(["history", "tally"]);
    expect(one.stdout).toBe("No attempt yet at tally. Begin one: kata start tally\n");
    const none = await folder.kata(["history", "taly"]);
    expect(none).toMatchObject({ code: 2, stdout: "" });
    expect(none.stderr).toContain("Did you mean tally?");
  });

  test("a kata that is gone, and a damaged line, lose nothing", async () => {
    folder.attempt(SOUND);
    await folder.kata(["grade", "tally"]);
    const gone = JSON.stringify({
      ...(JSON.parse(folder.history()[0] ?? "") as object),
      kata: "old-one",
    });
    writeFileSync(historyFile(), `${gone}\n{"half\n${folder.history()[0]}\n`);
    expect((await histories()).map(({ kata }) => kata)).toEqual(["old-one", "tally"]);
    const one = await folder.kata(["history", "old-one"]);
    expect(one.stdout).toContain("old-one: 1 attempt");
    expect(one.stderr).toContain("line 2 of");
  });
});

describe("after an upgrade", () => {
  beforeEach(async () => {
    await folder.kata(["start", "tally"]);
    folder.attempt(SOUND);
    await folder.kata(["grade", "tally"]);
    upgrade();
  });

  test("a grade by an older spec is marked in list and history until it is made again", async () => {
    const before = await folder.kata(["list"]);
    expect(before.stdout).toMatch(/tally .*✓ passed 100\*/);
    expect(before.stdout).toContain("* graded by an older spec. Grade again: kata regrade");
    expect((await folder.kata(["history"])).stdout).toMatch(/^tally .* 100\* /m);

    const run = await folder.kata(["regrade"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("✓ tally: passed, 100 points (as before, a newer spec)");
    expect((await folder.kata(["list"])).stdout).not.toContain("older spec");
    const [tally] = await histories();
    expect(
      tally?.attempts[0]?.grades.map((grade) => [grade.isByOlderSpec, grade.isRegrade]),
    ).toEqual([
      [true, false],
      [false, true],
    ]);
    expect((await folder.kata(["regrade"])).stdout).toContain(
      "No attempt here was graded by an older",
    );
    const all = await folder.kata(["regrade", "--all", "--json"]);
    const { regraded } = JSON.parse(all.stdout) as { regraded: { kata: string }[] };
    expect(regraded.map(({ kata }) => kata)).toEqual(["tally"]);
    expect(orphans()).toEqual([]);
  });

  test("what came out worse is exit 1 and said, and the pass is not taken away", async () => {
    folder.attempt(WRONG);
    const run = await folder.kata(["regrade", "tally"]);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/✗ tally: rejected, [\d.]+ points \(before passed, 100 points/);
    expect(run.stdout).toContain("Worse: tally. See why: kata grade tally");
    const list = await folder.kata(["list"]);
    expect(list.stdout).toMatch(/tally .*✓ passed 100\*/);
  });

  test("an attempt that is not there is told, and one that is graded by nothing is left", async () => {
    const named = await folder.kata(["regrade", "whisper"]);
    expect(named.code).toBe(3);
    expect(named.stderr).toContain("kata start whisper");
    await folder.kata(["start", "whisper"]);
    const all = await folder.kata(["regrade", "--all", "--json"]);
    expect(all.stdout).not.toContain("whisper");
  });
});

describe("kata review", () => {
  test("opens after a pass: designs, figures, notes, hints, questions, then answers", async () => {
    await folder.kata(["start", "tally"]);
    const locked = await folder.kata(["review", "tally"]);
    expect(locked).toMatchObject({ code: 2, stdout: "" });
    expect(locked.stderr).toContain("opens after you pass");
    folder.attempt(SOUND);
    await folder.kata(["grade", "tally"]);

    const { code, stdout } = await folder.kata(["review", "tally"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^yours +\d+ +\d\.\d\dx/m);
    expect(stdout).toMatch(/^reference +\d+ +1\.00x/m);
    expect(stdout).toMatch(/^alt\/[\w-]+ +\d+ +-/m);
    expect(stdout).toMatch(/^add +\d\.\d\dx +1\.00x +5x$/m);
    const order = ["yours beside ours", "Hints", "1 of ", "Follow-up questions"];
    const places = order.map((words) => stdout.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    // Paths are there to be opened, and stand alone on their lines.
    expect(widest(stdout.replaceAll(/^ *\/\S+\.ts$/gm, ""))).toBeLessThanOrEqual(80);

    writeFileSync(join(folder.dir, "attempts/tally/tally.ts"), `${SOUND}\n// more\n`);
    const later = await folder.kata(["review", "tally"]);
    expect(later.stdout).toContain("Your figures are of an earlier version of your file.");
  });

  test("--give-up is recorded, once; without an attempt ours stand alone", async () => {
    const first = await folder.kata(["review", "tally", "--give-up", "--json"]);
    expect(first.code).toBe(0);
    const review = JSON.parse(first.stdout) as { designs: { name: string }[]; hints: string[] };
    expect(review.designs[0]?.name).toBe("reference");
    expect(review.hints.length).toBeGreaterThan(0);
    expect((await folder.kata(["review", "tally"])).code).toBe(0);
    expect(folder.history().filter((line) => line.includes("gave-up"))).toHaveLength(1);
    expect(readFileSync(historyFile(), "utf8")).toContain('"kata":"tally"');
  });
});
