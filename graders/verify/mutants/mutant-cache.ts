import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mutantCacheFile } from "../../catalog/paths.ts";
import { fileHash, specHash } from "../../catalog/spec-hash.ts";
import type { Kata } from "../../model/kata.ts";
import { TriedMutants } from "../../model/mutation.ts";
import { instrumenterVersion } from "./make-mutants.ts";

/** Hash of all that decides a mutant's fate: the reference, what judges it, and what mutates it. */
export function mutantsKey(kata: Kata): string {
  const hash = createHash("sha256");
  hash.update([specHash(kata), fileHash(kata.reference.file), instrumenterVersion()].join(" "));
  const ownDir = dirname(fileURLToPath(import.meta.url));
  const own = readdirSync(ownDir).filter((file) => /(?<!\.test|\.d)\.[jt]s$/.test(file));
  for (const file of own.toSorted()) hash.update(readFileSync(join(ownDir, file)));
  return hash.digest("hex").slice(0, 16);
}

/** What was found before under the same key, if anything was. */
export function readMutants(root: string, slug: string, key: string): TriedMutants | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(mutantCacheFile(root, slug), "utf8"));
    const { data } = TriedMutants.safeParse(json);
    return data?.key === key ? data : undefined;
  } catch {
    return undefined; // Never written, or torn.
  }
}

/** Keeps it for the next time, where that is possible. */
export function keepMutants(root: string, slug: string, tried: TriedMutants): void {
  const file = mutantCacheFile(root, slug);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(tried));
    renameSync(`${file}.new`, file);
  } catch {
    // A read-only collection is tried anew each time.
  }
}
