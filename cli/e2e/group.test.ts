import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { awkwardFolder } from "./run-cli.ts";
import { SOUND, TallyFolder } from "./tally-folder.ts";

const WRONG = SOUND.replace("this.count(word) + 1", "this.count(word) * 2 + 1");
let folder: TallyFolder;
beforeEach(() => {
  folder = new TallyFolder();
});

interface Share {
  as: string;
  grades: { points: number; source?: string; hints: number; minutes?: number }[];
}

function shareFile(dir: string, name: string): Share {
  return JSON.parse(readFileSync(join(dir, `${name}.kata.json`), "utf8")) as Share;
}

/** Grades an attempt in a folder of its own and shares it. */
async function member(group: string, as: string, source: string, ...args: string[]): Promise<void> {
  const own = new TallyFolder();
  await own.kata(["start", "tally"]);
  own.attempt(source);
  await own.kata(["grade", "tally"]);
  const run = await own.kata(["share", "--as", as, "--to", group, ...args]);
  expect(run.code).toBe(0);
}

test("a group of five, one file damaged and one forged", async () => {
  const group = join(awkwardFolder(), "notre groupe");
  expect((await folder.kata(["group", "init", group])).code).toBe(0);
  await member(group, "Ada L.", SOUND, "--with-source");
  await member(group, "Bob", WRONG, "--with-source");
  await member(group, "=cmd()", SOUND);
  writeFileSync(join(group, "eve.kata.json"), '{"schemaVersion":1,"as":"eve"');
  const forged = shareFile(group, "bob");
  forged.as = "mallory <b>\u001B[31m";
  for (const grade of forged.grades) grade.points = 100;
  writeFileSync(join(group, "mallory.kata.json"), JSON.stringify(forged));

  expect(shareFile(group, "ada-l").grades[0]).toMatchObject({ points: 100, hints: 0, minutes: 0 });
  expect(shareFile(group, "cmd").grades[0]).not.toHaveProperty("source");

  const { code, stdout, stderr } = await folder.kata(["compare", group]);
  expect(code).toBe(0);
  expect(stderr).toContain("eve.kata.json: it is not JSON");
  expect(stdout).toMatch(/^4 members$/m);
  expect(stdout).toContain("mallory <b>[31m, tally: claims 100 points where its");
  expect(stdout).not.toContain("\u001B");

  const detail = await folder.kata(["compare", group, "--kata", "tally"]);
  expect(detail.stdout).toMatch(/^counts +50 +/m);

  const csv = await folder.kata(["compare", group, "--csv"]);
  expect(csv.stdout.split("\r\n")[0]).toContain("kata,specHash,compared,place,member");
  expect(csv.stdout).toContain(",'=cmd(),");

  const page = await folder.kata(["compare", group, "--html", "board.html"]);
  expect(page.code).toBe(0);
  const html = readFileSync(join(folder.dir, "board.html"), "utf8");
  expect(html).toContain("mallory &lt;b&gt;");
  expect(html).not.toMatch(/<script|https?:\/\//);

  const again = await folder.kata(["compare", group, "--regrade", "--json"]);
  expect(again.code).toBe(1);
  const { regraded } = JSON.parse(again.stdout) as {
    regraded: { member: string; points: number; differs?: string }[];
  };
  const byName = new Map(regraded.map(({ member: name, ...rest }) => [name, rest]));
  expect(byName.size).toBe(3);
  expect(byName.get("Ada L.")).toMatchObject({ points: 100 });
  expect(byName.get("Ada L.")?.differs).toBeUndefined();
  expect(byName.get("mallory <b>\u001B[31m")?.differs).toMatch(/points here \(rejected\)/);
}, 120_000);

test("sharing again renews the file; another's file, or one that is none, is kept", async () => {
  folder.attempt(SOUND);
  await folder.kata(["grade", "tally"]);
  expect((await folder.kata(["share", "--as", "ada"])).code).toBe(0);
  expect((await folder.kata(["share", "--as", "ada"])).code).toBe(0);
  writeFileSync(join(folder.dir, "bob.kata.json"), "mine");
  const taken = await folder.kata(["share", "--as", "bob"]);
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain("bob.kata.json is not a file that kata share wrote");
  expect(readFileSync(join(folder.dir, "bob.kata.json"), "utf8")).toBe("mine");
  const files = readdirSync(folder.dir).filter((name) => name.includes("kata.json"));
  expect(files).toEqual(["ada.kata.json", "bob.kata.json"]);
}, 60_000);

test("a part of a grade is nothing to share, a name needs a letter, an empty folder is told", async () => {
  folder.attempt(SOUND);
  await folder.kata(["grade", "tally", "--runs", "1"]);
  const nothing = await folder.kata(["share", "--as", "ada"]);
  expect(nothing).toMatchObject({ code: 2, stdout: "" });
  expect(nothing.stderr).toContain("There is no whole grade to share yet.");
  await folder.kata(["grade", "tally"]);
  expect((await folder.kata(["share", "--as", "///"])).stderr).toContain("a letter or digit");
  mkdirSync(join(folder.dir, "empty"));
  const empty = await folder.kata(["compare", "empty"]);
  expect(empty.code).toBe(2);
  expect(empty.stderr).toContain("kata share --as");
}, 60_000);
