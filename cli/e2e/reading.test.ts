import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { gradedLine } from "./graded-line.ts";
import { awkwardFolder, runCli } from "./run-cli.ts";

const SLUG = "bloom-filter";

let dir: string;
beforeEach(() => {
  dir = awkwardFolder();
});
afterEach(() => {
  rmSync(dirname(dir), { recursive: true });
});

const kata = (...args: string[]) => runCli(dir, args);
const history = (): string => join(dir, ".kata", "history.ndjson");
function writeHistory(...lines: string[]): void {
  mkdirSync(dirname(history()));
  writeFileSync(history(), lines.join(""));
}

describe("kata show", () => {
  test("prints the statement without its hints, and says how to get them", async () => {
    const run = await kata("show", SLUG);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("Contract\n--------\n");
    expect(run.stdout).toMatch(/^9\. Cost\./m);
    expect(run.stdout).toContain(`kata hint ${SLUG}`);
    expect(run.stdout).not.toMatch(/<details|<summary|two good hashes, h1/);
  });

  test.each([40, 80])("fits %d columns", async (columns) => {
    const { stdout } = await runCli(dir, ["show", SLUG], { COLUMNS: String(columns) });
    const wide = stdout.split("\n").filter((line) => line.length > columns && line.includes(" "));
    expect(wide.filter((line) => line.trim().includes(" "))).toEqual([]);
  });

  test("prints the Markdown as it is with --raw", async () => {
    const file = join(PACKAGE_ROOT, "katas/probabilistic", SLUG, "README.md");
    expect((await kata("show", SLUG, "--raw")).stdout).toBe(readFileSync(file, "utf8"));
  });

  test.each(["bloomfilter", "blom-filter", "bloom"])("suggests a slug for %s", async (slug) => {
    const run = await kata("show", slug);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("Did you mean bloom-filter?");
  });

  test.each(["../../etc/passwd", "", "__proto__", "constructor", "x".repeat(50_000)])(
    "takes no path for a slug",
    async (slug) => {
      const run = await kata("show", slug);
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(run.stderr).toContain("There is no kata");
      expect(run.stderr).not.toContain("Did you mean");
    },
  );

  test("does not let an argument steer the terminal", async () => {
    const { stderr } = await kata("show", "\u001B]0;owned\u0007");
    expect(stderr).toContain("]0;owned");
    expect(stderr).not.toContain("\u001B");
    expect(stderr).not.toContain("\u0007");
  });
});

describe("kata hint", () => {
  test("gives one at a time, then all", async () => {
    await kata("start", SLUG);
    const inside = join(dir, "attempts", SLUG);
    for (const level of [1, 2, 3]) {
      const run = await runCli(inside, ["hint"]);
      expect(run).toMatchObject({ code: 0, stderr: "" });
      expect(run.stdout.match(/Hint \d of 3/g)).toEqual([`Hint ${level} of 3`]);
    }
    expect((await kata("hint", SLUG)).stdout.match(/Hint \d of 3/g)).toHaveLength(3);
    expect(readFileSync(history(), "utf8").match(/"event":"hint"/g)).toHaveLength(3);
  });

  test("gives all after a pass", async () => {
    writeHistory(gradedLine(SLUG, "passed", 100));
    expect((await kata("hint", SLUG)).stdout.match(/Hint \d of 3/g)).toHaveLength(3);
  });

  test("needs a kata", async () => {
    const run = await kata("hint");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("kata hint <slug>");
  });

  test("is given even where nothing can be recorded", async () => {
    writeFileSync(join(dir, ".kata"), "in the way");
    const run = await kata("hint", SLUG);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("Hint 1 of 3");
    expect(run.stderr).toMatch(/^Warning: .*not recorded/);
  });
});

describe("kata solution", () => {
  test("opens after a pass of the whole kata", async () => {
    writeHistory(
      gradedLine(SLUG, "passed", 5, { only: "empty-is-empty" }),
      gradedLine(SLUG, "failed", 95),
    );
    const locked = await kata("solution", SLUG);
    expect(locked).toMatchObject({ code: 2, stdout: "" });
    expect(locked.stderr).toContain("--give-up");
    appendFileSync(history(), gradedLine(SLUG, "passed", 100));
    const run = await kata("solution", SLUG, "--give-up");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("export class BloomFilter");
    expect(readFileSync(history(), "utf8")).not.toContain("gave-up");
  });

  test("--give-up opens it, and is recorded", async () => {
    expect((await kata("solution", SLUG, "--give-up")).code).toBe(0);
    expect((await kata("solution", SLUG)).code).toBe(0);
    expect((await kata("list")).stdout).toContain("gave up");
    expect(readFileSync(history(), "utf8").match(/gave-up/g)).toHaveLength(1);
  });
});

describe("kata where", () => {
  test("names files and properties", async () => {
    const run = await kata("where", SLUG);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain(`katas/probabilistic/${SLUG}/README.md:1`);
    expect(run.stdout).toContain("no-false-negatives");
  });

  test("points at a property and the rules it cites", async () => {
    const run = await kata("where", SLUG, "no-false-negatives", "--json");
    const { places } = JSON.parse(run.stdout) as {
      places: { name: string; file: string; line: number }[];
    };
    expect(places.length).toBeGreaterThan(1);
    const lineOf = (at: number): string => {
      const place = places[at];
      return readFileSync(place?.file ?? "", "utf8").split("\n")[(place?.line ?? 0) - 1] ?? "";
    };
    expect(lineOf(0)).toContain('"no-false-negatives"');
    expect(lineOf(1)).toMatch(/^1\. /);
  });

  test("suggests a property", async () => {
    const run = await kata("where", SLUG, "no-false-negative");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("Did you mean no-false-negatives?");
    expect((await kata("where", "nothing-like-it")).code).toBe(2);
  });
});

describe("kata doctor", () => {
  test("finds nothing that blocks grading here", async () => {
    const run = await kata("doctor");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    for (const line of run.stdout.split("\n\n")[0]?.split("\n") ?? []) {
      expect(line).toMatch(/^(✓|!|  )/);
    }
  });

  test("tells another program the same", async () => {
    const report = JSON.parse((await kata("doctor", "--json")).stdout) as {
      canGrade: boolean;
      diagnoses: { id: string }[];
    };
    expect(report.canGrade).toBe(true);
    const ids = report.diagnoses.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["node", "kata", "vitest", "load", "workspace"]));
    expect(ids.some((id) => id.startsWith("protection:"))).toBe(true);
  });
});
