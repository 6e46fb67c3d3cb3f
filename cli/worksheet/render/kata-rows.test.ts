import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT, readIndex } from "../../../graders/reading.ts";
import { findSystems } from "../definition/find-systems.ts";
import { loadSystem } from "../definition/load-system.ts";
import { kataRows } from "./kata-rows.ts";

/** The designs of the katas to come stand beside the repository, not in it. */
const CATALOGUE = join(dirname(PACKAGE_ROOT), "shared/catalogue");
const PLANNED = join(PACKAGE_ROOT, "templates/worksheets/planned-katas.json");

test.skipIf(!existsSync(CATALOGUE))("planned-katas.json is the catalogue", () => {
  const titles = readdirSync(CATALOGUE)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .map((file) => readFileSync(join(CATALOGUE, file), "utf8").split("\n")[0] ?? "")
    .map((line) => /^# ([a-z0-9-]+): (.*)$/.exec(line)?.slice(1) ?? [line, ""])
    .map(([slug = "", title = ""]) => [slug, title.replaceAll("`", "")]);
  expect(titles.length).toBeGreaterThan(100);
  expect(JSON.parse(readFileSync(PLANNED, "utf8"))).toEqual(Object.fromEntries(titles));
});

test.each([...findSystems(PACKAGE_ROOT).keys()])(
  "%s names no kata that nobody knows",
  async (slug) => {
    const rows = await kataRows({ root: PACKAGE_ROOT }, loadSystem(PACKAGE_ROOT, slug));
    expect(rows.filter(({ state }) => state === "unknown")).toEqual([]);
  },
);

test("a kata of the collection can be started, one to come is planned", async () => {
  const listed = await readIndex({ root: PACKAGE_ROOT });
  expect(listed.map(({ slug }) => slug)).toContain("bloom-filter");
  const katas = ["bloom-filter", "byzantine-agreement", "no-such-kata"].map((slug) => ({
    slug,
    trains: "x",
  }));
  const next = (await kataRows({ root: PACKAGE_ROOT }, { katas })).map((row) => row.next);
  expect(next).toEqual(["kata start bloom-filter", "planned", "unknown"]);
});
