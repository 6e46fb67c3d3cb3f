import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Kata } from "../model/kata.ts";
import { BUILT } from "./paths.ts";

/**
 * A short hash of all that decides a verdict: spec and its model, inputs, stories and witnesses, bench, stub,
 * harness, kit and fast-check.
 * Two scores can be compared when their hashes are equal.
 */
export function specHash({ paths }: Kata): string {
  const hash = createHash("sha256");
  const own = ["inputs", "stories", "witnesses"].map((part) =>
    paths.model.replace(/model\.ts$/, `${part}.ts`),
  );
  const content = [paths.spec, paths.model, ...own, paths.bench, paths.stub].filter((file) =>
    existsSync(file),
  );
  for (const file of content) hash.update(readFileSync(file)).update("\0");
  for (const code of judgingCode()) hash.update(code).update("\0");
  const require = createRequire(import.meta.url);
  const { version } = require("fast-check/package.json") as { version: string };
  return hash.update(version).digest("hex").slice(0, 12);
}

/** A short hash of one file. */
export function fileHash(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12);
}

let judging: readonly Buffer[] | undefined;

/** Read once: it does not change while kata runs, and the index asks for every kata. */
function judgingCode(): readonly Buffer[] {
  judging ??= [BUILT.harness, BUILT.kit].flatMap((index) =>
    readdirSync(dirname(index), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .sort()
      .map((file) => readFileSync(join(dirname(index), file))),
  );
  return judging;
}
