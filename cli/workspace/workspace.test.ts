import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { claimWorkspace, findWorkspace, inferSlug, locateAttempt } from "./workspace.ts";

const SLUG = "bloom-filter";
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "kata place é-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const here = (...path: string[]) => ({ cwd: join(dir, ...path), root: PACKAGE_ROOT });

function put(...path: string[]): string {
  const file = join(dir, ...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return file;
}

test("the workspace is the nearest folder upwards with attempts/ or .kata/", () => {
  expect(findWorkspace(dir)).toBe(dir);
  put("attempts", SLUG, "src", "x.ts");
  expect(findWorkspace(join(dir, "attempts", SLUG, "src"))).toBe(dir);
  put("inner", ".kata", "history.ndjson");
  expect(findWorkspace(join(dir, "inner"))).toBe(join(dir, "inner"));
});

test("a folder inside a workspace is not made one of its own", () => {
  mkdirSync(join(dir, "a"));
  claimWorkspace(join(dir, "a"));
  mkdirSync(join(dir, "a", "b"));
  claimWorkspace(join(dir, "a", "b"));
  expect(findWorkspace(join(dir, "a", "b"))).toBe(join(dir, "a"));
});

test.each([
  [["attempts", SLUG], SLUG],
  [["attempts", SLUG, "notes"], SLUG],
  [["attempts"], undefined],
  [["attempts", `${SLUG}.1`], undefined],
  [["attempts", "no-such-kata"], undefined],
])("infers the kata in %j", async (path, slug) => {
  put(...path, "x.txt");
  expect(await inferSlug(here(...path))).toBe(slug);
});

test("infers the kata in a folder named like it, without a workspace", async () => {
  put(SLUG, `${SLUG}.ts`);
  expect(await inferSlug(here(SLUG))).toBe(SLUG);
});

test("finds the attempt from the workspace, from inside it and by its file", async () => {
  const file = put("attempts", SLUG, `${SLUG}.ts`);
  const found = { slug: SLUG, file, workspace: dir };
  expect(await locateAttempt(here(), SLUG)).toEqual(found);
  expect(await locateAttempt(here("attempts", SLUG))).toEqual(found);
  expect(await locateAttempt(here("attempts"), SLUG)).toEqual(found);
  expect(await locateAttempt(here(), undefined, `attempts/${SLUG}/${SLUG}.ts`)).toEqual(found);
});

test("takes the kata of a file from its name, then from its folder", async () => {
  const named = put("else", `${SLUG}.ts`);
  expect((await locateAttempt(here(), undefined, named)).slug).toBe(SLUG);
  const housed = put(SLUG, "mine.ts");
  expect((await locateAttempt(here(), undefined, housed)).slug).toBe(SLUG);
  const kept = put("attempts", `${SLUG}.1`, `${SLUG}.ts`);
  expect((await locateAttempt(here(), undefined, kept)).file).toBe(kept);
});

test("finds an attempt that --dir put elsewhere", async () => {
  const file = put("week 1", SLUG, `${SLUG}.ts`);
  claimWorkspace(join(dir, "week 1"));
  const found = { slug: SLUG, file, workspace: join(dir, "week 1") };
  expect(await locateAttempt(here("week 1"), SLUG)).toEqual(found);
  expect(await locateAttempt(here("week 1", SLUG))).toEqual(found);
});

test.each([
  [undefined, undefined, "no-slug"],
  [undefined, "stranger.ts", "no-slug"],
  ["no-such-kata", undefined, "unknown-kata"],
  ["no-such-kata", `${SLUG}.ts`, "unknown-kata"],
  [SLUG, undefined, "attempt-missing"],
  [SLUG, "nowhere/x.ts", "attempt-missing"],
  [SLUG, ".", "attempt-unreadable"],
])("slug %j, file %j: %s", async (slug, file, code) => {
  await expect(locateAttempt(here(), slug, file)).rejects.toMatchObject({ code });
});
