import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { huntableWrongs, loadKata } from "../../graders/index.ts";
import { drawWrong } from "../hunt/draw-wrong.ts";
import type { CliRun } from "./run-cli.ts";
import { orphans, TallyFolder, TOYS } from "./tally-folder.ts";

let folder: TallyFolder;
beforeEach(async () => {
  folder = new TallyFolder();
});

/** Draws the wrong answer of a seed and tries a hunt with this body on it. */
async function hunt(seed: number, body: string): Promise<CliRun> {
  await folder.kata(["hunt", "tally", "--seed", `${seed}`]);
  const text = `import type * as Subject from "./tally.ts";
export function hunt({ Tally }: typeof Subject): void { ${body} }`;
  writeFileSync(join(folder.dir, "attempts/tally/hunt.ts"), text);
  return await folder.kata(["hunt", "tally"]);
}

/** A seed that draws this one. */
function seedOf(name: string): number {
  const wrongs = huntableWrongs(loadKata({ root: TOYS }, "tally"));
  for (let seed = 0; seed < 1_000; seed += 1) {
    if (drawWrong("tally", wrongs, seed, new Set())?.name === `wrong/${name}`) return seed;
  }
  throw new Error(`no seed draws ${name}`);
}

test("a hunt is scaffolded, finds its wrong answer, and is scored by its calls", async () => {
  const seed = seedOf("never-counts");
  const begun = await folder.kata(["hunt", "tally", "--seed", `${seed}`]);
  expect(begun.code).toBe(0);
  expect(begun.stdout).toMatch(/^Edit: +attempts\/tally\/hunt\.ts$/m);
  expect(begun.stdout).not.toContain("never-counts");
  expect(folder.history().join("\n")).not.toContain("never-counts");
  const scaffold = readFileSync(join(folder.dir, "attempts/tally/hunt.ts"), "utf8");
  expect(scaffold).toContain("export function hunt({ Tally }: typeof Subject): void {");

  const untouched = await folder.kata(["hunt", "tally"]);
  expect(untouched.code).toBe(1);
  expect(untouched.stdout).toContain("throws on nothing, in 0 calls");

  // Its shrunk counterexample is one step of `counts`: new, add, count. Here: new and seven adds.
  const body = `const t = new Tally(); let n = 0;
    for (let i = 0; i < 7; i += 1) n = t.add("a"); if (n !== 7) throw new Error("counted " + n);`;
  const found = await hunt(seed, body);
  expect(found.code).toBe(0);
  expect(found.stdout).toContain("Found with 8 calls: the shortest known takes 3.");
  expect(found.stdout).toContain("Score 69 of 100");

  const t = "const t = new Tally(); ";
  const shortest = await hunt(
    seed,
    `${t}t.add("a"); if (t.count("a") !== 1) throw new Error("0");`,
  );
  expect(shortest.stdout).toContain("Found with 3 calls: as few as the shortest known.");
  expect(shortest.stdout).toContain("Score 100 of 100");
  const steps = folder.history().map((line) => (JSON.parse(line) as { step?: string }).step);
  expect(steps.filter((step) => step === "found")).toHaveLength(2);
});

test("a hunt that throws on what is right, or does not run, finds nothing", async () => {
  const cases: readonly [body: string, code: number, told: string][] = [
    ['throw new Error("always");', 1, "throws on our reference, which is right"],
    ["while (true) {}", 3, "does not come to an end on our reference"],
    ["if (Math.random() > 2) throw 1;", 3, "Math.random() in 2:"],
    ["process.exit(0);", 3, "process.exit() in 2:"],
    ["}}", 3, "it cannot be bundled"],
  ];
  for (const [body, code, told] of cases) {
    const run = await hunt(1, body);
    expect([body, run.code]).toEqual([body, code]);
    expect(run.stdout + run.stderr).toContain(told);
  }
  writeFileSync(join(folder.dir, "attempts/tally/hunt.ts"), "export const other = 1;");
  expect((await folder.kata(["hunt", "tally"])).stderr).toContain(
    "does not export a function called hunt",
  );
  expect(orphans()).toEqual([]);
});

test("the hunt cannot see whose code it has before it", async () => {
  const body = `const t = new Tally();
    const seen = [Tally, t.add, t.constructor, Object.getPrototypeOf(t).add, new Error().stack].map(String);
    if (seen.join().match(/wrong|solution|Map|words/)) throw new Error(seen.join());`;
  const run = await hunt(1, body);
  expect(run.stdout).toContain("throws on nothing");
});

test("what is revealed is named, and the next hunt is another one", async () => {
  expect((await folder.kata(["hunt", "tally", "--reveal"])).stderr).toContain(
    "There is no hunt on tally yet.",
  );
  await folder.kata(["hunt", "tally"]);
  const revealed = await folder.kata(["hunt", "tally", "--reveal"]);
  expect(revealed.stdout).toMatch(/^wrong\/[a-z-]+: \S/);
  expect(revealed.stdout).toMatch(/^Caught by: /m);
  const next = await folder.kata(["hunt", "tally"]);
  expect(next.stdout).toContain("A wrong answer is drawn");
  const { stderr } = await folder.kata(["list"]);
  expect(stderr).toBe("");
});
