import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT, speak } from "../../graders/reading.ts";
import { COMMAND_GROUPS } from "../command-table/commands.ts";
import { readTranslation } from "../messages/read-translation.ts";
import { unsaid, writePseudoTranslation } from "./pseudo-translation.ts";
import { MAIN, runCli } from "./run-cli.ts";
import { SOUND, TOYS, TallyFolder } from "./tally-folder.ts";

const WRONG = SOUND.replace("this.count(word) + 1", "this.count(word) * 2 + 1");
const FILE = "attempts/tally/tally.ts";

let folder: TallyFolder;
/** Wide, so that nothing is broken where a bracket is. */
let env: Record<string, string>;
beforeEach(() => {
  folder = new TallyFolder();
  env = { KATA_MESSAGES: writePseudoTranslation(folder.dir), COLUMNS: "200" };
});

/** The English that `kata` says outside of brackets, but for `content`; more, when all of it is. */
async function englishIn(args: readonly string[], content: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await folder.kata(args, env);
  const text = `${stdout}${stderr}`;
  return text.includes("⟦") ? unsaid(text, content) : ["nothing is in brackets:", text];
}

/** All that a grade shows and the kata, or the attempt, says. */
function contentOf({ properties, budgets, denials, specHash }: GradeReport): string[] {
  const plain = (rule: string): string => rule.replaceAll("**", "");
  return [
    "tally",
    FILE,
    specHash,
    ...properties.flatMap(({ id, rulesText, failure, replay }) => [
      id,
      ...rulesText.map(plain),
      ...[failure?.what, failure?.input, failure?.expected, failure?.actual].map(String),
      ...(failure?.steps ?? []),
      // The set-up of a script that has none.
      "null",
      `kata grade tally --replay ${replay}`,
    ]),
    ...budgets.flatMap(({ id, what }) => [id, what]),
    ...denials.map(({ what }) => what),
  ];
}

describe("nothing that kata says is left in English", () => {
  const slugs = ["hanging", "tally", "toothless", "whisper"];
  test.each([
    [[], ["kata start hanging", "hanging"]],
    [["list"], ["toys", "start hanging", ...slugs, ...slugs.map((slug) => `A ${slug}`)]],
    [
      ["list", "--level", "x"],
      ["--level", "beginner", "intermediate", "advanced", "list"],
    ],
    [
      ["list", "--chapter", "none"],
      ["--chapter", "none", "toys", "list"],
    ],
    [["status"], ["kata start hanging"]],
    [["next"], ["toys", "hanging", "A hanging", "kata start hanging"]],
    [["drill"], []],
    [["history"], ["kata start bloom-filter"]],
    [
      ["hint", "tally"],
      ["tally", "Hint number"],
    ],
    [
      ["start", "tally"],
      ["tally", FILE, "kata grade tally"],
    ],
    [
      ["grade", "hanging"],
      ["hanging", "attempts/hanging/hanging.ts"],
    ],
    [["solution", "tally"], ["tally"]],
    [
      ["hunt", "tally"],
      ["tally", "attempts/tally/hunt.ts"],
    ],
    [["pack", "list"], []],
    [["lsit"], ["lsit", "list"]],
    [
      ["list", "--foo"],
      ["--foo", "list"],
    ],
    [["show"], ["slug", "show"]],
    [["show", "a", "b"], ["show"]],
  ] as const)("kata %j", async (args, content) => {
    expect(await englishIn(args, content)).toEqual([]);
  });

  test("--help, of kata and of every command", async () => {
    const entries = COMMAND_GROUPS.flatMap(([, group]) => group);
    const terms = entries.flatMap(({ name, positional = "" }) => [
      `${name} ${positional}`.trim(),
      `kata ${name} [options] ${positional}`.trim(),
    ]);
    const frame = [
      "kata [options] [command]",
      "-V, --version",
      "--pack <folder>",
      "--plain",
      "-h, --help",
      "help [command]",
    ];
    expect(await englishIn(["--help"], [...terms, ...frame])).toEqual([]);
    for (const { name, options, examples } of entries) {
      const flags = options.map((option) => option.flags);
      const plainExamples = examples.filter((line) => !/\S {2,}\S/.test(line));
      expect(
        await englishIn([name, "--help"], [...terms, ...frame, ...flags, ...plainExamples]),
      ).toEqual([]);
    }
  }, 120_000);

  test("grades: failing, refused and passing, and what comes of them", async () => {
    folder.attempt(WRONG);
    const failed = (await folder.report()).report;
    expect(failed.reason).toBe("rejected");
    const failing = contentOf(failed);
    expect(await englishIn(["grade", "tally"], failing)).toEqual([]);
    expect(await englishIn(["--plain", "grade", "tally"], failing)).toEqual([]);
    expect(await englishIn(["grade", "tally", "--only", "counts", "--runs", "7"], failing)).toEqual(
      [],
    );

    folder.attempt(WRONG.replace("* 2", "* Date.now()"));
    const denied = (await folder.report()).report;
    expect(denied.reason).toBe("static-denied");
    const refused = contentOf(denied);
    expect(await englishIn(["grade", "tally"], refused)).toEqual([]);

    folder.attempt(SOUND);
    const passed = (await folder.report()).report;
    expect(passed.score.properties).toBe(70);
    const passing = contentOf(passed);
    expect(await englishIn(["grade", "tally"], passing)).toEqual([]);
    expect(await englishIn(["history"], ["tally"])).toEqual([]);
    expect(await englishIn(["history", "tally"], ["tally"])).toEqual([]);
    expect(await englishIn(["regrade", "--all"], ["tally"])).toEqual([]);
    expect(await englishIn(["drill", "--list"], ["tally"])).toEqual([]);
  }, 120_000);

  test("the group's board", async () => {
    const group = join(folder.dir, "group");
    for (const [name, source] of [
      ["ada", SOUND],
      ["bob", WRONG],
    ] as const) {
      folder.attempt(source);
      await folder.kata(["grade", "tally"]);
      await folder.kata(["share", "--as", name, "--to", group]);
    }
    writeFileSync(join(group, "eve.kata.json"), "{");
    const { report } = await folder.report();
    const content = [...contentOf(report), "ada", "bob", "group/eve.kata.json"];
    expect(await englishIn(["compare", group], content)).toEqual([]);
    expect(await englishIn(["compare", group, "--kata", "tally"], content)).toEqual([]);
  }, 60_000);

  test("the board of a watch, with its keys", async () => {
    folder.attempt(WRONG);
    const { report } = await folder.report();
    const content = contentOf(report);
    const seen = await watchOnce();
    expect(unsaid(seen, content)).toEqual([]);

    const { KATA_MESSAGES: file = "" } = env;
    speak(readTranslation(file).translation);
    const { watchScreen } = await import("../report/watch-screen.ts");
    const scene = { slug: "tally", file: join(folder.dir, FILE), clock: undefined, hasKeys: true };
    const where = { cwd: folder.dir, columns: 200, color: false };
    for (const state of ["grading", "timing", "done", "gone", "broken"] as const) {
      const view = { state, report, focus: "counts", note: undefined, grades: 1 };
      const board = watchScreen(view, scene, where);
      expect(board).toContain("⟦q\u00A0quit⟧");
      // Its report was made in English, here: what it says of itself is content.
      expect(unsaid(board, [...content, report.detail ?? ""])).toEqual([]);
    }
    speak(undefined);
  }, 60_000);

  test("worksheets", async () => {
    const own = { ...env, KATA_ROOT: PACKAGE_ROOT };
    await runCli(folder.dir, ["worksheet", "twitter"], { KATA_ROOT: PACKAGE_ROOT });
    const list = await runCli(folder.dir, ["worksheet"], own);
    const systems = ["URL shortener", "Twitter", "WhatsApp", "Netflix", "Uber"];
    const ids = systems.map((title) => title.toLowerCase().replace(" ", "-"));
    expect(unsaid(list.stdout, [...systems, ...ids, "worksheets/twitter.md"])).toEqual([]);

    const args = ["worksheet", "grade", "worksheets/twitter.md"];
    const { stdout } = await runCli(folder.dir, [...args, "--json"], own);
    const { estimates, hints, nextKatas, notJudged } = JSON.parse(stdout) as WorksheetContent;
    const named = [
      ...estimates.rows.map(({ id }) => id),
      ...nextKatas,
      "twitter",
      ...notJudged.map((label) => label.toLowerCase()),
    ];
    const concepts = [...hints.requirements.hits, ...hints.reasoning.hits].map(({ id }) => id);
    const graded = await runCli(folder.dir, args, own);
    expect(graded.stdout).toContain("⟦Computed and matched:⟧");
    expect(unsaid(graded.stdout, [...named, ...concepts, "worksheets/twitter.md"])).toEqual([]);
  });
});

interface WorksheetContent {
  readonly estimates: { readonly rows: readonly { readonly id: string }[] };
  readonly hints: Readonly<
    Record<"requirements" | "reasoning", { hits: readonly { id: string }[] }>
  >;
  readonly nextKatas: readonly string[];
  readonly notJudged: readonly string[];
}

/** What a watch without a terminal prints until it waits for a save. */
function watchOnce(): Promise<string> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [MAIN, "watch", "tally"], {
    cwd: folder.dir,
    env: { PATH, HOME, KATA_ROOT: TOYS, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let seen = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      seen += part;
      if (seen.includes("Waiting for a save")) child.kill("SIGTERM");
    });
    child.on("error", reject);
    child.on("close", () => resolve(seen));
  });
}

describe("a translation that cannot be used", () => {
  test.each([
    ["{", "mine.json cannot be read:"],
    ['{"language":"?","messages":{}}', "mine.json is not a translation:"],
    [
      '{"language":"de","messages":{"No such sentence.":{"text":"Nein."}}}',
      'mine.json: "No such sentence." is not a message of this kata. English is used.',
    ],
  ])("%s: says so, and speaks English", async (content, problem) => {
    const file = join(folder.dir, "mine.json");
    mkdirSync(folder.dir, { recursive: true });
    writeFileSync(file, content);
    const run = await folder.kata(["list"], { KATA_MESSAGES: file });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("4 katas, 0 passed.");
    expect(run.stderr).toContain(problem);
  });

  test("KATA_LANG names no file outside", async () => {
    for (const language of ["xx", "../package", "/etc/passwd"]) {
      const run = await folder.kata(["list"], { KATA_LANG: language });
      expect(run.stderr).toContain("KATA_LANG names a translation. English is used.");
      expect(run.stdout).toContain("4 katas, 0 passed.");
    }
  });
});

test("JSON is for programs and stays English", async () => {
  folder.attempt(WRONG);
  const { stdout } = await folder.kata(["grade", "tally", "--json"], env);
  expect(stdout).not.toContain("⟦");
});
