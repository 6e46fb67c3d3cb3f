import { expect, test } from "vitest";
import type { CatalogEntry } from "../../graders/reading.ts";
import { chapterTable, replaceInterface, replacePart } from "./generated-parts.ts";

const entry = (slug: string, difficulty: number, prerequisites: string[] = []): CatalogEntry => ({
  slug,
  difficulty,
  prerequisites,
  chapter: "caching",
  title: slug.toUpperCase(),
  level: "beginner",
  minutes: 20,
  plan: "1.1",
  status: "stable",
  specHash: "0",
});

test("a part is replaced between its markers and nowhere else", () => {
  const page = "a\n<!-- katas:begin (by docs) -->\nold\n<!-- katas:end -->\nb\n";
  const once = replacePart(page, "katas", "new $1");
  expect(once).toBe("a\n<!-- katas:begin (by docs) -->\n\nnew $1\n\n<!-- katas:end -->\nb\n");
  expect(replacePart(once, "katas", "new $1")).toBe(once);
  expect(() => replacePart("no markers", "katas", "x")).toThrow("katas:begin");
});

test("the interface block takes the stub", () => {
  const page = "## Interface\n\n```ts\nold\n```\n\n## Contract\n\n```ts\nkept\n```\n";
  expect(replaceInterface(page, "new $&\n")).toBe(page.replace("old\n", () => "new $&\n"));
});

test("easier katas come first, but none before what it builds on", () => {
  const table = chapterTable([entry("hard", 4), entry("easy", 1, ["middle"]), entry("middle", 3)]);
  const order = [...table.matchAll(/^\| \[(\w+)\]/gm)].map((match) => match[1]);
  expect(order).toEqual(["middle", "easy", "hard"]);
});
