import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EXAMPLE, PackFolder } from "./pack-folder.ts";

const MAKE_PIPE = 'mkfifo "$0"';

/** Each row breaks a good pack in one way: what is told, and with which exit code. */
const ROWS: readonly [
  what: string,
  spoil: (place: PackFolder) => void,
  code: number,
  told: string,
][] = [
  ["no package.json", (p) => rmSync(join(p.pack, "package.json")), 4, "it is missing"],
  ["package.json is torn", (p) => p.write("package.json", "{"), 4, "it is not JSON"],
  ["package.json is a list", (p) => p.write("package.json", "[]"), 4, 'it has no "kata"'],
  ["no kata field", (p) => p.change("package.json", { kata: undefined }), 4, 'it has no "kata"'],
  ["no licence", (p) => p.change("package.json", { license: undefined }), 4, "no licence"],
  ["no author", (p) => p.change("package.json", { author: "" }), 4, "no author"],
  [
    "a licence that steers the terminal",
    (p) => p.change("package.json", { license: "MIT\u001B[2J" }),
    4,
    "no licence",
  ],
  [
    "a namespace that leads away",
    (p) => p.change("package.json", { kata: { formatVersion: 1, namespace: "../up" } }),
    4,
    "kata.namespace",
  ],
  [
    "the namespace of one of our katas",
    (p) => p.change("package.json", { kata: { formatVersion: 1, namespace: "bloom-filter" } }),
    2,
    "bloom-filter is taken",
  ],
  [
    "a pack for a later kata",
    (p) => p.change("package.json", { kata: { formatVersion: 2, namespace: "acme" } }),
    4,
    "npm install kata@latest",
  ],
  [
    "a kata for a later kata",
    (p) => p.change(`katas/${EXAMPLE}/kata.json`, { formatVersion: 2 }),
    4,
    "of format 2",
  ],
  ["kata.json is torn", (p) => p.write(`katas/${EXAMPLE}/kata.json`, "{"), 4, "it is not JSON"],
  [
    "kata.json says too much",
    (p) => p.change(`katas/${EXAMPLE}/kata.json`, { points: 3 }),
    4,
    "is not a valid manifest",
  ],
  [
    "a title that steers the terminal",
    (p) => p.change(`katas/${EXAMPLE}/kata.json`, { title: "a\u001B[2Jb" }),
    4,
    "one line of text",
  ],
  [
    "no spec folder",
    (p) => rmSync(join(p.pack, "spec"), { recursive: true }),
    4,
    "spec/ is missing",
  ],
  [
    "katas without a chapter",
    (p) => {
      renameSync(join(p.pack, `katas/${EXAMPLE}`), join(p.pack, "katas/high-water-mark"));
      rmSync(join(p.pack, "katas/basics"), { recursive: true });
    },
    4,
    "no kata in katas/<chapter>/<slug>/",
  ],
  [
    "no reference",
    (p) => rmSync(join(p.pack, `solutions/${EXAMPLE}/solution.ts`)),
    4,
    "solution.ts is missing",
  ],
  [
    "one slug in two chapters",
    (p) => cpSync(join(p.pack, "katas/basics"), join(p.pack, "katas/more"), { recursive: true }),
    2,
    "in two chapters of the pack, basics and more",
  ],
  [
    "a chapter that is no slug",
    (p) => renameSync(join(p.pack, "katas/basics"), join(p.pack, "katas/Basics")),
    4,
    "not kebab-case",
  ],
  [
    "a file that is a link",
    (p) => {
      rmSync(join(p.pack, `solutions/${EXAMPLE}/solution.ts`));
      symlinkSync("/etc/hostname", join(p.pack, `solutions/${EXAMPLE}/solution.ts`));
    },
    4,
    "is a link",
  ],
  [
    "a folder that is a link",
    (p) => {
      renameSync(join(p.pack, "spec"), join(p.pack, "elsewhere"));
      symlinkSync(join(p.pack, "elsewhere"), join(p.pack, "spec"));
    },
    4,
    "is a link",
  ],
  [
    "a link as package.json",
    (p) => {
      renameSync(join(p.pack, "package.json"), join(p.pack, "other.json"));
      symlinkSync("other.json", join(p.pack, "package.json"));
    },
    4,
    "not a regular file",
  ],
  [
    "a pipe, which would hang a reader",
    (p) => execFileSync("bash", ["-c", MAKE_PIPE, join(p.pack, "spec/basics/pipe.ts")]),
    4,
    "neither a file nor a folder",
  ],
  [
    "a name that steers the terminal",
    (p) => p.write("spec/basics/a\u001B[2Jb.ts", ""),
    4,
    "has a name of other signs",
  ],
  [
    "a huge file",
    (p) => p.write(`katas/${EXAMPLE}/README.md`, "x".repeat(200_000)),
    4,
    "200000 bytes",
  ],
  ["a huge package.json", (p) => p.write("package.json", " ".repeat(200_000)), 4, "too large"],
];

describe.skipIf(process.platform === "win32")("kata pack add", () => {
  let good: PackFolder;
  let place: PackFolder;
  beforeAll(async () => {
    good = await PackFolder.create("acme");
  });
  beforeEach(() => {
    place = good;
    rmSync(`${good.pack}.kept`, { recursive: true, force: true });
    cpSync(good.pack, `${good.pack}.kept`, { recursive: true });
    return () => {
      rmSync(good.pack, { recursive: true });
      renameSync(`${good.pack}.kept`, good.pack);
    };
  });

  test.each(ROWS)("refuses: %s", async (_, spoil, code, told) => {
    spoil(place);
    const run = await place.kata(["pack", "add", "../acme"]);
    expect(run).toMatchObject({ code, stdout: "" });
    expect(run.stderr).toContain(told);
    expect(run.stderr).not.toContain("\u001B");
    expect(run.stderr.trimEnd().split("\n").length).toBeGreaterThan(1);
    expect((await place.kata(["pack", "list"])).stdout).toContain("No packs here");
  });

  test.each([[""], ["../nowhere"], ["npm:../acme"], ["@acme/none"]])(
    "says what it takes: %j",
    async (source) => {
      const run = await place.kata(["pack", "add", source]);
      expect(run).toMatchObject({ code: 2, stdout: "" });
    },
  );

  test("a pack that went bad after it was added stops nobody's history or comparison", async () => {
    expect(await place.kata(["pack", "add", "../acme"])).toMatchObject({ code: 0 });
    expect(await place.kata(["list"])).toMatchObject({ code: 0 });
    rmSync(join(place.pack, `solutions/${EXAMPLE}/solution.ts`));
    symlinkSync("/etc/hostname", join(place.pack, `solutions/${EXAMPLE}/solution.ts`));
    expect(await place.kata(["history"])).toMatchObject({ code: 0 });
    const share = { schemaVersion: 1, as: "ada", sharedAt: "2026-11-21", grades: [] };
    writeFileSync(join(place.workspace, "ada.json"), JSON.stringify(share));
    expect(await place.kata(["compare", "ada.json"])).toMatchObject({ code: 0, stderr: "" });
    await place.kata(["pack", "remove", "acme"]);
  });

  test("refuses a second pack of the same namespace", async () => {
    const other = join(dirname(place.pack), "other");
    cpSync(place.pack, other, { recursive: true });
    expect(await place.kata(["pack", "add", "../acme"])).toMatchObject({ code: 0 });
    const run = await place.kata(["pack", "add", "../other"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("kata pack remove acme");
    const both = await place.kata(["--pack", "../acme", "--pack", "../other", "list"]);
    expect(both).toMatchObject({ code: 2, stdout: "" });
    await place.kata(["pack", "remove", "acme"]);
    rmSync(other, { recursive: true });
  });

  test("never writes over a list of packs that it cannot read", async () => {
    const file = join(place.workspace, ".kata/packs.json");
    mkdirSync(dirname(file), { recursive: true });
    for (const torn of ["{", "[]", '{"packs":[{"namespace":"../x","folder":"."}]}']) {
      writeFileSync(file, torn);
      expect(await place.kata(["pack", "add", "../acme"])).toMatchObject({ code: 2, stdout: "" });
      const list = await place.kata(["list"]);
      expect(list.code).toBe(0);
      expect(list.stderr).toContain("packs.json");
    }
    rmSync(file);
  });

  test("a pack that turns bad after it was added is refused where it is used", async () => {
    expect(await place.kata(["pack", "add", "../acme"])).toMatchObject({ code: 0 });
    rmSync(join(place.pack, `katas/${EXAMPLE}/README.md`));
    symlinkSync("/etc/hostname", join(place.pack, `katas/${EXAMPLE}/README.md`));
    for (const command of ["show", "start", "grade", "verify"]) {
      const run = await place.kata([command, "acme/high-water-mark"]);
      expect(run).toMatchObject({ code: 4, stdout: "" });
      expect(run.stderr).toContain("is a link");
    }
    await place.kata(["pack", "remove", "acme"]);
  });
});
