import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { slugOfPath } from "../catalog/paths.ts";
import { slugsChanged } from "./slugs-changed.ts";

const KNOWN = ["bloom-filter", "lru-cache"];
let root: string;

function git(...args: string[]): void {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
  execFileSync("git", [...who, ...args], { cwd: root, stdio: "pipe" });
}

function write(file: string, text = "x"): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kata-changed-"));
  git("init", "-q");
  write("spec/caching/lru-cache.spec.ts");
  git("add", ".");
  git("commit", "-qm", "first");
});

test("nothing changed, nothing to verify", () => {
  expect(slugsChanged(root, KNOWN)).toEqual([]);
});

test("a changed spec and a new wrong answer name their katas", () => {
  write("spec/caching/lru-cache.spec.ts", "y");
  write("README.md");
  expect(slugsChanged(root, KNOWN)).toEqual(["lru-cache"]);
  write("solutions/probabilistic/bloom-filter/wrong/new.ts");
  expect(slugsChanged(root, KNOWN)).toEqual(KNOWN);
});

test("a change of what judges them all names them all; one of its tests does not", () => {
  write("graders/harness/check.test.ts");
  expect(slugsChanged(root, KNOWN)).toEqual([]);
  write("graders/harness/check.ts");
  expect(slugsChanged(root, KNOWN)).toEqual(KNOWN);
});

test("outside a repository, or with a base that is none, nobody can tell", () => {
  expect(slugsChanged(root, KNOWN, "no-such-branch")).toBeUndefined();
  expect(slugsChanged(mkdtempSync(join(tmpdir(), "kata-bare-")), KNOWN)).toBeUndefined();
});

test.each([
  ["katas/caching/lru-cache/README.md", "lru-cache"],
  ["katas/caching/README.md", undefined],
  ["solutions/caching/lru-cache/wrong/fifo.ts", "lru-cache"],
  ["spec/caching/lru-cache.bench.ts", "lru-cache"],
  ["spec/caching/lru-cache.model.ts", "lru-cache"],
  ["cli/commands/list.ts", undefined],
])("%s belongs to %s", (path, slug) => {
  expect(slugOfPath(path)).toBe(slug);
});
