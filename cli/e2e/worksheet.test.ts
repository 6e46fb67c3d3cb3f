import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { awkwardFolder, runCli, runCliAsNobody } from "./run-cli.ts";

let folder = "";
beforeEach(() => {
  folder = awkwardFolder();
});

const kata = (...args: string[]): ReturnType<typeof runCli> =>
  runCli(folder, ["worksheet", ...args]);
const read = (...path: string[]): string => readFileSync(join(folder, ...path), "utf8");

describe("the list", () => {
  test("shows every system, and which was begun", async () => {
    const { code, stdout } = await kata();
    expect(code).toBe(0);
    for (const slug of ["url-shortener", "whatsapp", "twitter", "netflix", "uber"]) {
      expect(stdout).toMatch(new RegExp(`^  ${slug} .*\\d+ estimates$`, "m"));
    }
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    await kata("twitter");
    expect((await kata("list")).stdout).toMatch(/twitter .*worksheets\/twitter\.md$/m);
  });

  test("as JSON", async () => {
    const { systems } = JSON.parse((await kata("--json")).stdout) as {
      systems: { slug: string }[];
    };
    expect(systems.map(({ slug }) => slug)).toContain("uber");
  });
});

describe("writing", () => {
  test("a candidate's worksheet holds no answers", async () => {
    const { code, stdout } = await kata("twitter");
    expect(code).toBe(0);
    expect(stdout).toContain("kata worksheet grade worksheets/twitter.md");
    const text = read("worksheets/twitter.md");
    expect(text).not.toMatch(/2\.31 M|tweetRps \* avgFollowers|coalesc/);
  });

  test.each(["candidate", "answers", "interviewer"])(
    "for %s, twice gives the same bytes",
    async (reader) => {
      const first = await kata("uber", "--for", reader, "--out", "-");
      const second = await kata("uber", "--for", reader, "--out", "-");
      expect(first.stdout.length).toBeGreaterThan(3000);
      expect(second.stdout).toBe(first.stdout);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test("the answers show formulas with figures, whose figure it is, and what differs", async () => {
    const { stdout } = await kata("url-shortener", "--for", "answers", "--out", "-");
    expect(stdout).toContain(
      "| 3.86 K/s | `writeRps * readWriteRatio` | 38.6/s × 100 | notes | 4000/s (+3.7%) |",
    );
    expect(stdout).toMatch(/`peakReadRps` .* ours \|/);
    expect(stdout).toContain("- `kgsStorage`: the course gives two figures");
    expect(stdout).toMatch(/\| snowflake-id \| .* \| planned \|/);
    expect(stdout).toContain("`kata start lru-cache`");
  });

  test("values that are set reach everything that hangs on them, and the front matter", async () => {
    const { stdout, stderr } = await kata(
      "twitter",
      "--set",
      "dau=1M",
      "--set",
      "dau=100M",
      "--for",
      "answers",
      "--out",
      "-",
    );
    expect(stderr).toBe("");
    expect(stdout).toContain('set: { dau: "100M" }');
    expect(stdout).toContain("| 1.16 M/s |");
    expect(stdout).toContain("set; notes: 200M");
  });

  test("from a file, and --set wins", async () => {
    writeFileSync(join(folder, "own.json"), '{ "dau": "100M", "feedLength": 400 }');
    const { stdout } = await kata(
      "twitter",
      "--set-file",
      "own.json",
      "--set",
      "dau=50M",
      "--out",
      "-",
    );
    expect(stdout).toContain('set: { dau: "50M", feedLength: "400" }');
  });

  test("hints show formulas and questions, binary prints KiB", async () => {
    const { stdout } = await kata("netflix", "--hints", "--out", "-");
    expect(stdout).toContain("`viewRps * videoSize`");
    expect(stdout).toContain("- Cut by time or by scene?");
    const binary = await kata("netflix", "--for", "answers", "--binary", "--out", "-");
    expect(binary.stdout).toContain("1.58 EiB");
  });

  test("an unusual value is used, with a warning", async () => {
    const { code, stderr } = await kata("twitter", "--set", "dau=100B");
    expect(code).toBe(0);
    expect(stderr).toBe("dau = 100B is unusual: 1 M to 8 B is plausible. It is used.\n");
  });
});

describe("work is never overwritten", () => {
  test("an untouched worksheet is written anew", async () => {
    await kata("twitter");
    expect((await kata("twitter", "--set", "dau=100M")).code).toBe(0);
    expect(read("worksheets/twitter.md")).toContain('dau: "100M"');
    expect((await kata("twitter", "--hints", "--binary")).code).toBe(0);
    expect((await kata("twitter")).code).toBe(0);
  });

  test.each([
    ["an answer", "| bytes | | |", "| bytes | 100 GB | |"],
    ["a remark between the lines", "## Diagram", "A thought.\n\n## Diagram"],
    ["an edited front matter", "set: {}", 'set: { dau: "3M" }'],
  ])("with %s it is left as it is", async (_, from, to) => {
    await kata("twitter");
    const file = join(folder, "worksheets/twitter.md");
    const mine = read("worksheets/twitter.md").replace(from, to);
    writeFileSync(file, mine);
    const { code, stderr } = await kata("twitter");
    expect(code).toBe(2);
    expect(stderr).toContain("worksheets/twitter.md is there already and may hold your work");
    expect(stderr).toContain("--out");
    expect(read("worksheets/twitter.md")).toBe(mine);
  });

  test("not by --out either", async () => {
    writeFileSync(join(folder, "diary.md"), "mine");
    expect((await kata("twitter", "--out", "diary.md")).code).toBe(2);
    expect((await kata("twitter", "--format", "html", "--out", "diary.md")).code).toBe(2);
    expect(read("diary.md")).toBe("mine");
  });

  test("a page of ours holds nobody's work", async () => {
    expect((await kata("twitter", "--format", "html")).code).toBe(0);
    expect((await kata("twitter", "--format", "html", "--set", "dau=100M")).code).toBe(0);
    expect(read("worksheets/twitter.html")).toContain("100M");
  });
});

describe("what cannot be done says so", () => {
  test.each([
    [["twiter"], 2, 'There is no worksheet "twiter". Did you mean twitter?'],
    [["../../etc/passwd"], 2, 'There is no worksheet "../../etc/passwd".'],
    [["__proto__"], 2, 'There is no worksheet "__proto__".'],
    [["twitter", "uber"], 2, "it takes one system"],
    [
      ["twitter", "--for", "boss"],
      2,
      '--for does not accept "boss": it is one of candidate, interviewer, answers.',
    ],
    [["twitter", "--format", "pdf"], 2, "it is one of md, html"],
    [["twitter", "--set", "dau"], 2, "write it as name=value"],
    [["twitter", "--set", "dua=1M"], 2, 'twitter has no assumption "dua". Did you mean dau?'],
    [
      ["twitter", "--set", "tweetRps=1/s"],
      2,
      "It is an estimate, computed from tweetsPerDay, day.",
    ],
    [["twitter", "--set", "constructor=1"], 2, 'no assumption "constructor"'],
    [["twitter", "--set", "dau=many"], 2, 'no number in "many"; write it like 200M'],
    [
      ["twitter", "--set", "tweetSize=100 B/day"],
      2,
      "an amount of data is wanted, this is an amount of data per day",
    ],
    [["twitter", "--set", "dau=0"], 2, "must be above zero"],
    [["twitter", "--set-file", "nope.json"], 2, "no such file"],
    [["twitter", "--out", "."], 2, "cannot be written: a folder stands where a file is needed"],
    [["new"], 2, "kata worksheet new ticket-booking"],
    [["new", "Big Name"], 2, "kebab-case"],
    [["new", "verify"], 2, "kebab-case"],
    [["new", "twitter"], 2, "there is a system of that name"],
    [["verify", "nope"], 2, 'There is no worksheet "nope".'],
  ])("%j", async (args, code, message) => {
    const run = await kata(...args);
    expect(run.stderr.replace(/\s+/g, " ")).toContain(message);
    expect(run.code).toBe(code);
    expect(run.stdout).toBe("");
    expect(existsSync(join(folder, "worksheets"))).toBe(false);
  });

  test("a folder one may not write to", async () => {
    const { code, stderr } = await runCliAsNobody("/", ["worksheet", "twitter"]);
    expect(code).toBe(2);
    expect(stderr).toContain("you have no right to write there");
  });

  test("a definition that is no JSON", async () => {
    mkdirSync(join(folder, "worksheets/systems"), { recursive: true });
    writeFileSync(join(folder, "worksheets/systems/mine.json"), "{");
    const { code, stderr } = await kata("mine");
    expect(code).toBe(4);
    expect(stderr).toContain("The definition of mine is not valid: it is not JSON");
    expect((await kata("verify", "mine")).code).toBe(1);
  });
});

test("the README shows the report that its example gets", async () => {
  mkdirSync(join(folder, "worksheets"));
  const example = readFileSync(join(PACKAGE_ROOT, "templates/worksheets/example.md"));
  writeFileSync(join(folder, "worksheets/twitter.md"), example);
  const { stdout } = await kata("grade", "worksheets/twitter.md");
  const readme = readFileSync(join(PACKAGE_ROOT, "README.md"), "utf8");
  const shown = /worksheet-report:begin[^>]*>\s*```\n\$ npx (.*)\n([\s\S]*?)```/.exec(readme);
  expect(shown?.[1]).toBe("kata worksheet grade worksheets/twitter.md");
  expect(shown?.[2]).toBe(stdout);
});

describe("a coach's own system", () => {
  test("is scaffolded, listed, verified, written and graded", async () => {
    const made = await kata("new", "note-keeper");
    expect(made.stdout).toContain("Wrote worksheets/systems/note-keeper.json");
    expect((await kata()).stdout).toContain("note-keeper");
    const verified = await kata("verify", "note-keeper");
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain("There are 1 wrong worksheets, 6 are wanted.");
    await kata("note-keeper", "--for", "answers");
    const graded = await kata("grade", "worksheets/note-keeper.answers.md");
    expect(graded.code).toBe(0);
    expect(graded.stdout).toMatch(/Computed +55\/55/);
    expect((await kata("new", "note-keeper")).code).toBe(2);
  });

  test("all of ours are sound", async () => {
    const { code, stdout } = await kata("verify", "--json");
    const { results } = JSON.parse(stdout) as { results: { findings: unknown[] }[] };
    expect(code).toBe(0);
    expect(results.map(({ findings }) => findings)).toEqual([[], [], [], [], []]);
  });
});
