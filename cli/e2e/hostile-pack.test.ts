import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { EXAMPLE, PackFolder } from "./pack-folder.ts";

/** Every wall, without the check that reads code before it runs: so that it does run. */
const WALLS = { KATA_PROTECTIONS: "permission,no-eval,prlimit,setpriv,bwrap" };
/** No wall at all: shows that the planted code works. */
const NO_WALLS = { KATA_PROTECTIONS: "basic" };
const CODE = [
  `spec/${EXAMPLE}.spec.ts`,
  `spec/${EXAMPLE}.bench.ts`,
  `solutions/${EXAMPLE}/solution.ts`,
  `solutions/${EXAMPLE}/alt/compare-after.ts`,
  `solutions/${EXAMPLE}/wrong/keeps-all.ts`,
];
/** What tools look for around the files that they are given. */
const CONFIGS = [
  "vite.config.ts",
  "vitest.config.ts",
  "vitest.workspace.ts",
  "rolldown.config.mjs",
  "postcss.config.mjs",
  "babel.config.mjs",
  "spec/basics/vite.config.ts",
  "spec/basics/postcss.config.mjs",
];

let place: PackFolder;
let marks: string;
beforeAll(async () => {
  place = await PackFolder.create("evil");
  marks = join(dirname(place.pack), "marks");
  mkdirSync(marks);
  for (const file of CODE) place.write(file, `${attack(file)}${place.read(file)}`);
  for (const file of CONFIGS) place.write(file, `${attack(file)}export default {};\n`);
  place.change("package.json", { main: "vite.config.ts", exports: "./vite.config.ts" });
});

/** Leaves a mark on the disk, by itself and by a program that it starts, as soon as it is loaded. */
function attack(file: string): string {
  const mark = JSON.stringify(join(marks, file.replaceAll("/", "_")));
  return `// @ts-nocheck
import { writeFileSync as write } from "node:fs";
import { execFileSync as start } from "node:child_process";
try { write(${mark}, ""); } catch {}
try { start("touch", [${mark} + ".started"]); } catch {}
`;
}

const SLUG = "evil/high-water-mark";

describe("a pack that writes to the disk as soon as it is loaded", () => {
  test("is read and refused before anything of it runs", async () => {
    expect(await place.kata(["pack", "add", "../evil"])).toMatchObject({ code: 0 });
    for (const command of ["list", "show", "where", "pack"]) {
      const about = command === "list" || command === "pack" ? [] : [SLUG];
      expect(await place.kata([command, ...about])).toMatchObject({ code: 0 });
    }
    const verified = await place.kata(["verify", SLUG]);
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain('import "node:fs"');
    const started = await place.kata(["start", SLUG]);
    expect(started).toMatchObject({ code: 4, stdout: "" });
    expect(readdirSync(marks)).toEqual([]);
  });

  test("does not get its way by a waiver", async () => {
    const file = `katas/${EXAMPLE}/kata.json`;
    const before = place.read(file);
    const reason = "This pack is trustworthy, as everybody knows.";
    place.change(file, { waivers: [{ check: "reach", reason }] });
    expect(await place.kata(["start", SLUG])).toMatchObject({ code: 4, stdout: "" });
    place.write(file, before);
    expect(readdirSync(marks)).toEqual([]);
  });

  test("runs behind the walls where nobody reads it first", async () => {
    const verified = await place.kata(["verify", SLUG], WALLS);
    expect(verified.stdout).toContain("4 properties");
    expect(readdirSync(marks)).toEqual([]);
  }, 180_000);

  test("would have left its marks from the worker, and from nowhere else", async () => {
    await place.kata(["verify", SLUG, "--fresh"], NO_WALLS);
    const files = [...new Set(readdirSync(marks).map((name) => name.replace(".started", "")))];
    expect(files.toSorted()).toEqual(CODE.map((file) => file.replaceAll("/", "_")).toSorted());
  }, 180_000);
});

describe("a pack that reaches for other files", () => {
  const rows: readonly [what: string, file: string, code: string][] = [
    ["a bench that imports from outside", CODE[1] ?? "", 'import "../../../outside.json";\n'],
    ["a spec that imports from outside", CODE[0] ?? "", 'import "../../../outside.json";\n'],
    [
      "a spec with a style sheet, whose plugins a compiler would run",
      CODE[0] ?? "",
      'import "./x.less";\n',
    ],
    ["a spec that is no module", CODE[0] ?? "", "let let = {\n"],
  ];

  test.each(rows)(
    "%s",
    async (_, file, code) => {
      const other = await PackFolder.create("other");
      other.write("../outside.json", '{ "secret": 1 }');
      other.write("spec/basics/x.less", '@plugin "./x.js";\n');
      other.write(file, `${other.read(file)}${code}`);
      const run = await other.kata(["--pack", "../other", "verify", "other"], WALLS);
      expect(run.code).toBe(4);
      expect(run.stderr).toContain("other/high-water-mark is broken");
    },
    180_000,
  );

  test("cannot have a file attached to a test, which vitest would copy for it", async () => {
    const other = await PackFolder.create("other");
    const file = CODE[0] ?? "";
    const attach = `import { test } from "vitest";
test("a", ({ annotate }: any) => { void annotate("m", { path: "/etc/hostname" }); });
`;
    other.write(file, `${other.read(file)}${attach}`);
    await other.kata(["--pack", "../other", "verify", "other"], WALLS);
    expect(existsSync(join(PACKAGE_ROOT, ".vitest-attachments"))).toBe(false);
  }, 180_000);
});
