import { existsSync, realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import { rolldown, type Plugin } from "rolldown";
import { BUILT } from "../catalog/paths.ts";

export interface BundleEntry<Name extends string = string> {
  readonly name: Name;
  readonly file: string;
}

/** What may be bundled, besides what our own graders import. */
type Within = readonly string[];

/** The compiled graders: nothing in them works by being imported. */
const GRADERS = dirname(dirname(BUILT.harness));

/**
 * Makes of each entry one self-contained native module without types, `<outDir>/<name>.mjs`, so
 * that no test runner's transform is in the timed path. Entries share nothing: the same file under
 * two names gives two distinct sets of functions. Nothing is taken from outside the folders `within`
 * but kata/kit and kata/harness: an import could name any file of this machine.
 */
export async function bundle<Name extends string>(
  entries: readonly BundleEntry<Name>[],
  within: Within,
  outDir: string,
): Promise<Record<Name, string>> {
  await mkdir(outDir, { recursive: true });
  const bundled: Partial<Record<Name, string>> = {};
  // One after the other: when one fails, none goes on writing into a folder that is being removed.
  for (const entry of entries) bundled[entry.name] = await bundleOne(entry, within, outDir);
  return bundled as Record<Name, string>;
}

async function bundleOne(
  { name, file }: BundleEntry,
  within: Within,
  outDir: string,
): Promise<string> {
  const output = join(outDir, `${name}.mjs`);
  const build = await rolldown({
    input: file,
    plugins: [bundleFence(within)],
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

/** Stops an import that leads out of the kata, or to something that must be compiled to be read. */
function bundleFence(within: Within): Plugin {
  const folders = within.filter((folder) => existsSync(folder)).map((dir) => realpathSync(dir));
  const isServed = (file: string): boolean => folders.some((folder) => isInside(folder, file));
  return {
    name: "kata:bundle-fence",
    async resolveId(source, importer) {
      if (importer === undefined || !isServed(importer)) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      if (found === null || found.external !== false || isInside(GRADERS, found.id)) return found;
      if (!isAbsolute(found.id)) return found; // Text in the import itself, or rolldown's own.
      const isCode = /\.[cm]?[jt]s$/.test(found.id);
      if (isServed(found.id) && isCode) return found;
      throw new Error(`${source} is not part of this kata`);
    },
  };
}

function isInside(folder: string, file: string): boolean {
  return !relative(folder, file).startsWith("..");
}
