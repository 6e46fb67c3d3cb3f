import { mkdir } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { BUILT } from "../catalog/paths.ts";

export interface BundleEntry<Name extends string = string> {
  readonly name: Name;
  readonly file: string;
}

/** The compiled graders: nothing in them works by being imported. */
const GRADERS = dirname(dirname(BUILT.harness));

/**
 * Makes of each entry one self-contained native module without types, `<outDir>/<name>.mjs`, so
 * that no test runner's transform is in the timed path. Entries share nothing: the same file under
 * two names gives two distinct sets of functions.
 */
export async function bundle<Name extends string>(
  entries: readonly BundleEntry<Name>[],
  outDir: string,
): Promise<Record<Name, string>> {
  await mkdir(outDir, { recursive: true });
  const bundled: Partial<Record<Name, string>> = {};
  // One after the other: when one fails, none goes on writing into a folder that is being removed.
  for (const entry of entries) bundled[entry.name] = await bundleOne(entry, outDir);
  return bundled as Record<Name, string>;
}

async function bundleOne({ name, file }: BundleEntry, outDir: string): Promise<string> {
  const output = join(outDir, `${name}.mjs`);
  const build = await rolldown({
    input: file,
    platform: "node",
    tsconfig: false,
    logLevel: "silent",
    resolve: {
      alias: {
        "kata/kit": BUILT.kit,
        "kata/harness/async": BUILT.async,
        "kata/harness/check": BUILT.check,
        "kata/harness": BUILT.harness,
      },
    },
    // What a bench takes from the harness must not bring the test runner along.
    external: ["vitest", "fast-check"],
    treeshake: { moduleSideEffects: (id) => isAbsolute(id) && !isInside(GRADERS, id) },
  });
  try {
    await build.write({ file: output, format: "esm", codeSplitting: false });
  } finally {
    await build.close();
  }
  return output;
}

function isInside(folder: string, file: string): boolean {
  return !relative(folder, file).startsWith("..");
}
