import { expect, test } from "vitest";
import type { CommandEntry } from "../command-table/command-entry.ts";
import { COMMAND_GROUPS } from "../command-table/commands.ts";
import { completeWords } from "./complete-words.ts";

const COMMANDS: readonly CommandEntry[] = COMMAND_GROUPS.flatMap(([, entries]) => entries);
const VALUES: Readonly<Record<string, readonly string[]>> = {
  slug: ["bloom-filter", "lru-cache", "acme/rate-gate"],
  slugs: ["bloom-filter", "lru-cache"],
  property: ["sizing", "union-is-or"],
  level: ["beginner", "advanced"],
  chapter: ["caching"],
  "pack action": ["add", "list"],
};
const complete = (...words: string[]): string[] =>
  completeWords(words, COMMANDS, (kind) => VALUES[kind]);

test("commands, their options, and options of kata itself", () => {
  expect(complete("gra")).toEqual(["grade"]);
  expect(complete("")).toContain("list");
  expect(complete("--p")).toEqual(["--pack", "--plain"]);
  expect(complete("--pack", "../acme", "gra")).toEqual(["grade"]);
  expect(complete("--plain", "grade", "lr")).toEqual(["lru-cache"]);
  expect(complete("plan", "--mi")).toEqual(["--minutes"]);
  expect(complete("help", "gra")).toEqual(["grade"]);
  expect(complete("nonsense", "")).toEqual([]);
});

test("katas and properties where the command takes one", () => {
  expect(complete("grade", "b")).toEqual(["bloom-filter"]);
  expect(complete("grade", "bloom-filter", "")).toEqual([]);
  expect(complete("show", "acme/")).toEqual(["acme/rate-gate"]);
  expect(complete("verify", "bloom-filter", "l")).toEqual(["lru-cache"]);
  expect(complete("where", "bloom-filter", "")).toEqual(["sizing", "union-is-or"]);
  expect(complete("grade", "bloom-filter", "--only", "u")).toEqual(["union-is-or"]);
  expect(complete("grade", "--no-budget", "b")).toEqual(["bloom-filter"]);
  expect(complete("grade", "--seed", "7", "b")).toEqual(["bloom-filter"]);
});

test("values that can be listed; files are left to the shell", () => {
  expect(complete("plan", "--track", "a")).toEqual(["advanced"]);
  expect(complete("list", "--chapter", "")).toEqual(["caching"]);
  expect(complete("pack", "")).toEqual(["add", "list"]);
  expect(complete("share", "--as", "")).toEqual([]);
  expect(complete("grade", "--html", "")).toEqual([]);
});
