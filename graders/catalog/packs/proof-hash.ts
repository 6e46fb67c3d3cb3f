import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { Kata } from "../../model/kata.ts";
import { kataFolders, packageVersion } from "../paths.ts";
import { specHash } from "../spec-hash.ts";

/**
 * Of all that a verification of a kata depends on: every file that the kata may be made of, by name
 * and content, what judges them, and within which protections. Equal hashes, equal findings.
 */
export function proofHash(kata: Kata, protections: string): string {
  const hash = createHash("sha256");
  hash.update(`${kata.slug}\0${packageVersion()}\0${protections}\0${specHash(kata)}\0`);
  for (const folder of kataFolders(kata.paths)) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      const file = join(folder, name);
      if (!statSync(file).isFile()) continue;
      const content = readFileSync(file);
      hash.update(`${relative(kata.root, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}
