import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Plugin } from "vite";
import { BUILT, PACKAGE_ROOT } from "../catalog/paths.ts";

/**
 * Refuses to serve a module that is neither the subject's, the spec's nor ours. The worker asks this
 * process for modules, so the walls around the worker do not stop it from asking for the reference;
 * a computed path gets here like any other.
 */
export function moduleFence(specFile: string, subjectFiles: readonly string[]): Plugin {
  const ours = [BUILT.harness, BUILT.kit].map((file) => dirname(dirname(file)));
  const folders = [specFile, ...subjectFiles].map((file) => dirname(file));
  const open = [...new Set([...folders, ...ours])].map((folder) => realPath(folder) + sep);
  return {
    name: "kata:module-fence",
    enforce: "pre",
    load(id) {
      const [file = ""] = id.split("?");
      // Virtual modules are vite's and vitest's own.
      if (!file.startsWith(sep) && !/^[A-Za-z]:/.test(file)) return null;
      const real = realPath(file);
      if (isDependency(real) || open.some((folder) => real.startsWith(folder))) return null;
      throw new Error(`${file} is not part of this attempt`);
    },
  };
}

/** A package that we depend on, below our own folder or beside it; our own folder is not one. */
function isDependency(file: string): boolean {
  const own = realPath(PACKAGE_ROOT) + sep;
  const rest = file.startsWith(own) ? file.slice(own.length - 1) : file;
  return rest.includes(`${sep}node_modules${sep}`);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(path);
  }
}
