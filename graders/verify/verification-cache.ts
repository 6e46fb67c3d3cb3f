import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import {
  BUILT,
  chapterPage,
  packageVersion,
  specFiles,
  verificationCacheFile,
} from "../catalog/paths.ts";
import { specHash } from "../catalog/spec-hash.ts";
import type { Kata } from "../model/kata.ts";
import { spokenLanguage } from "../model/say.ts";
import { checksBeforeRun } from "../run/sandbox.ts";
import type { Verification, VerifyOptions } from "./verify-kata.ts";

/** Hash of all that decides a verification: every file of the kata, and all that judges it. */
export function verificationKey(kata: Kata): string {
  const { root, pack } = kata;
  const { kataDir, solutionDir, spec } = kata.paths;
  const hash = createHash("sha256");
  const runs = [
    packageVersion(),
    process.version,
    process.platform,
    specHash(kata),
    `${checksBeforeRun()}`,
  ];
  // What is kept says why each waiver was needed.
  hash.update(runs.join(" ")).update(spokenLanguage());
  const files = [
    ...filesUnder(kataDir),
    ...filesUnder(solutionDir),
    // No lint holds a pack's spec to its own files, so all that it could import counts.
    ...(pack === undefined ? specFiles(kata.paths) : filesUnder(dirname(spec))),
    chapterPage(root, kata.chapter),
  ];
  for (const file of files.filter((each) => existsSync(each))) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  const engine = dirname(dirname(BUILT.harness));
  for (const file of filesUnder(engine).filter((each) => /(?<!\.test)\.js$/.test(each))) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

/** What was proved before of exactly this kata by exactly this engine, and kept in `folder`. */
export function readVerification(
  folder: string,
  { slug }: Kata,
  { base }: Pick<VerifyOptions, "base">,
  key: string,
): Verification | undefined {
  // Against which commit ids are compared is not in the key.
  if (base !== undefined) return undefined;
  try {
    const text = readFileSync(verificationCacheFile(folder, slug), "utf8");
    const kept = JSON.parse(text) as { key: string; verification: Verification };
    return kept.key === key ? kept.verification : undefined;
  } catch {
    return undefined; // Never written, or torn.
  }
}

/** Keeps a proof for the next time. Findings are never kept: what was wrong is looked at again. */
export function keepVerification(folder: string, key: string, verification: Verification): void {
  if (verification.findings.length > 0) return;
  const file = verificationCacheFile(folder, verification.kata);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify({ key, verification }));
    renameSync(`${file}.new`, file);
  } catch {
    // A read-only collection is proved anew each time.
  }
}

function filesUnder(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
