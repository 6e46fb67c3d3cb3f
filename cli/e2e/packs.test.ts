import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { EXAMPLE, PackFolder, SOUND } from "./pack-folder.ts";
import { awkwardFolder, runCli } from "./run-cli.ts";

const SLUG = "acme/high-water-mark";
const PROVING = "Proving once";
const ATTEMPT = `attempts/${SLUG}/high-water-mark.ts`;

interface Listed {
  readonly slug: string;
  readonly pack: { readonly license: string; readonly author: string } | null;
  readonly state: string;
  readonly best: number | null;
}

describe("a pack in a folder", () => {
  let place: PackFolder;
  const kata = (...args: string[]) => place.kata(args);
  beforeAll(async () => {
    place = await PackFolder.create("acme");
  });

  async function listed(...before: string[]): Promise<Listed | undefined> {
    const { stdout } = await kata(...before, "list", "--json");
    return (JSON.parse(stdout) as { katas: Listed[] }).katas.find(({ slug }) => slug === SLUG);
  }

  test("is used with --pack and not added by that", async () => {
    const facts = { license: "MIT", author: "Ada Lovelace" };
    expect(await listed("--pack", "../acme")).toMatchObject({ pack: facts, state: "new" });
    expect(await listed()).toBeUndefined();
  });

  test("is added once, and listed with licence and author", async () => {
    const added = await kata("pack", "add", "../acme");
    expect(added).toMatchObject({ code: 0, stderr: "" });
    expect(added.stdout).toContain("Added acme 0.1.0: 1 kata, MIT, by Ada Lovelace");
    expect((await kata("pack", "add", "../acme")).stdout).toContain("Already here");
    const { stdout } = await kata("list");
    expect(stdout).toMatch(/^acme: basics\n {2}0\.1\.0, MIT, by Ada Lovelace\n {2}acme\/high/m);
    const packs = await kata("pack", "list", "--json");
    expect(JSON.parse(packs.stdout)).toMatchObject({
      packs: [{ namespace: "acme", katas: [SLUG], problem: null }],
    });
  });

  test("reads without a proof, and suggests the namespace where it is left out", async () => {
    expect((await kata("show", SLUG)).stdout).toContain("High-water mark");
    expect((await kata("where", SLUG, "is-the-highest")).stdout).toContain(`${EXAMPLE}.spec.ts:`);
    const short = await kata("start", "high-water-mark");
    expect(short.code).toBe(2);
    expect(short.stderr).toContain(`Did you mean ${SLUG}?`);
    const stranger = await kata("start", "nobody/high-water-mark");
    expect(stranger.stderr).toContain("No pack is called nobody here");
  });

  test("is proven before its first use, and once", async () => {
    const first = await kata("start", SLUG);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toContain(PROVING);
    expect(first.stdout).toContain(`Wrote ${ATTEMPT}`);
    const second = await kata("grade", SLUG);
    expect(second).toMatchObject({ code: 1, stderr: "" });
    expect(second.stdout).toContain(`kata show ${SLUG}`);
  }, 180_000);

  test("is known where --dir put an attempt", async () => {
    const elsewhere = awkwardFolder();
    const begun = await kata("--pack", "../acme", "start", SLUG, "--dir", elsewhere);
    expect(begun).toMatchObject({ code: 0, stderr: "" });
    const attempt = join(elsewhere, SLUG, "high-water-mark.ts");
    writeFileSync(attempt, SOUND);
    const graded = await runCli(dirname(attempt), ["grade", "--no-budget"]);
    expect(graded).toMatchObject({ code: 0 });
    expect(graded.stdout).toContain(SLUG);
  }, 180_000);

  test("is graded by its folder and by its slug, and remembered by its slug", async () => {
    writeFileSync(join(place.workspace, ATTEMPT), SOUND);
    const inside = dirname(join(place.workspace, ATTEMPT));
    const graded = await runCli(inside, ["grade", "--no-budget"]);
    expect(graded.stdout).toContain(SLUG);
    expect(await kata("grade", SLUG, "--json")).toMatchObject({ code: 0 });
    const history = readFileSync(join(place.workspace, ".kata/history.ndjson"), "utf8");
    expect(history).toContain(`"kata":"${SLUG}"`);
    expect(await listed()).toMatchObject({ state: "passed", best: 100 });
    expect((await runCli(inside, ["hint"])).stdout).toContain("Hint 1 of 3");
    expect((await kata("solution", SLUG)).stdout).toContain("Walk-through: High-water mark");
  });

  test("is proven again when a file of it changes, and refused when it has findings", async () => {
    const bug = `solutions/${EXAMPLE}/wrong/takes-the-last.ts`;
    const before = place.read(bug);
    place.write(bug, before.replace("@killedBy is-the-highest", "@killedBy starts-at-zero"));
    const refused = await kata("grade", SLUG);
    expect(refused).toMatchObject({ code: 4, stdout: "" });
    expect(refused.stderr).toContain(PROVING);
    expect(refused.stderr).toContain(`kata verify ${SLUG}`);
    expect(refused.stderr).toContain("Ada Lovelace");
    place.write(bug, before);
    expect(await kata("grade", SLUG, "--no-budget")).toMatchObject({ stderr: "" });
  }, 180_000);

  test("that is gone costs its own katas and nothing else", async () => {
    renameSync(place.pack, `${place.pack}-away`);
    const list = await kata("list");
    expect(list.code).toBe(0);
    expect(list.stdout).toContain("bloom-filter");
    expect(list.stderr).toContain("kata pack remove acme");
    expect(await kata("show", "bloom-filter")).toMatchObject({ code: 0, stderr: "" });
    expect(await kata("grade", SLUG)).toMatchObject({ code: 2, stdout: "" });
    renameSync(`${place.pack}-away`, place.pack);
  });

  test("is forgotten, and the attempts stay", async () => {
    expect(await kata("pack", "remove", "acme")).toMatchObject({ code: 0, stderr: "" });
    expect(await kata("pack", "remove", "acme")).toMatchObject({ code: 2, stdout: "" });
    expect(await listed()).toBeUndefined();
    expect(existsSync(join(place.workspace, ATTEMPT))).toBe(true);
    expect((await kata("pack")).stdout).toContain("No packs here");
  });
});

describe("a pack from npm", () => {
  test("is found in node_modules, also from a folder below, and proven there", async () => {
    const place = await PackFolder.create("nest", "--license", "Apache-2.0");
    const home = join(place.workspace, "node_modules/kata-pack-nest");
    cpSync(place.pack, home, { recursive: true });
    const below = join(place.workspace, "week 1");
    mkdirSync(below);
    const kata = (...args: string[]) => runCli(below, args);
    const missing = await kata("pack", "add", "kata-pack-none");
    expect(missing).toMatchObject({ code: 2, stdout: "" });
    expect(missing.stderr).toContain("npm install kata-pack-none");
    expect((await kata("pack", "add", "kata-pack-nest")).stdout).toContain("Apache-2.0");
    expect(readFileSync(join(below, ".kata/packs.json"), "utf8")).toContain('"npm"');
    expect(await kata("start", "nest/high-water-mark")).toMatchObject({ code: 0 });
    const attempt = join(below, "attempts/nest/high-water-mark/high-water-mark.ts");
    const reference = join(home, `solutions/${EXAMPLE}/solution.ts`);
    // A path that nobody can read off the page: the reference is fenced off all the same.
    const stolen = `const path = ${JSON.stringify(reference)};\nexport const { HighWaterMark } = await import(path) as any;\n`;
    writeFileSync(attempt, stolen);
    const env = { KATA_PROTECTIONS: "permission,no-eval,prlimit,setpriv,bwrap" };
    const theft = await runCli(below, ["grade", "nest/high-water-mark"], env);
    expect(theft.code).not.toBe(0);
    expect(theft.stdout).not.toContain("passed");
    writeFileSync(attempt, SOUND);
    expect(await kata("grade", "nest/high-water-mark", "--json")).toMatchObject({ code: 0 });
  }, 240_000);
});

test("kata pack new writes what npm publishes, and never over anything", async () => {
  const place = await PackFolder.create("fresh", "--license", "CC-BY-4.0");
  expect(JSON.parse(place.read("package.json"))).toMatchObject({
    name: "kata-pack-fresh",
    license: "CC-BY-4.0",
    author: "Ada Lovelace",
    keywords: expect.arrayContaining(["kata-pack"]) as string[],
    kata: { formatVersion: 1, namespace: "fresh" },
    files: ["katas", "solutions", "spec"],
    peerDependencies: { kata: expect.any(String) as string },
    scripts: { prepublishOnly: "npm run verify" },
  });
  expect(place.read("LICENSE")).toContain("CC-BY-4.0");
  const again = await runCli(dirname(place.pack), ["pack", "new", "fresh", "--author", "Eve"]);
  expect(again).toMatchObject({ code: 2, stdout: "" });
  expect(again.stderr).toContain("nothing is written over");
  for (const name of ["Not Kebab", "../up", ""]) {
    const run = await runCli(awkwardFolder(), ["pack", "new", name, "--author", "Eve"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
  }
  const docs = await place.kata(["--pack", "../fresh", "docs", "--check"]);
  expect(docs).toMatchObject({ code: 0, stderr: "" });
});
