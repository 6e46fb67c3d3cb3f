import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Plugin } from "vite";
import { BUILT, PACKAGE_ROOT, rootOfSpec } from "../catalog/paths.ts";

/**
 * Refuses to serve a module that is neither the subject's, the spec's nor ours. The worker asks this
 * process for modules, so the walls around the worker do not stop it from asking for the reference;
 * a computed path gets here like any other.
 */
export function moduleFence(specFile: string, subjectFiles: readonly string[]): Plugin {
  const ours = [BUILT.harness, BUILT.kit].map((file) => dirname(dirname(file)));
  const folders = [specFile, ...subjectFiles].map((file) => dirname(file));
  const [served, graders] = [folders, ours].map((all) =>
    [...new Set(all)].map((folder) => realPath(folder) + sep),
  ) as [string[], string[]];
  const roots = [PACKAGE_ROOT, rootOfSpec(specFile)].map((root) => realPath(root) + sep);
  const isIn = (parents: readonly string[], file: string): boolean =>
    parents.some((folder) => file.startsWith(folder));
  return {
    name: "kata:module-fence",
    enforce: "pre",
    // There is one fast-check, the harness's own, whatever is installed beside a pack.
    resolveId(source) {
      if (source !== "fast-check") return null;
      return this.resolve(source, BUILT.harness, { skipSelf: true });
    },
    load(id) {
      const [file = ""] = id.split("?");
      // Virtual modules are vite's and vitest's own.
      if (!file.startsWith(sep) && !/^[A-Za-z]:/.test(file)) return null;
      const real = realPath(file);
      if (isIn(graders, real) || isDependency(real, roots)) return null;
      if (!isIn(served, real)) throw new Error(`${file} is not part of this attempt`);
      // A style sheet or the like would be compiled here, by code that it may bring along.
      if (!/\.[cm]?[jt]s$/.test(real))
        throw new Error(`${file} is neither TypeScript nor JavaScript`);
      return null;
    },
  };
}

/** A package that we depend on, below our own folder or beside it; no collection of katas is one. */
function isDependency(file: string, roots: readonly string[]): boolean {
  const root = roots.find((folder) => file.startsWith(folder));
  const rest = root === undefined ? file : file.slice(root.length - 1);
  return rest.includes(`${sep}node_modules${sep}`);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(path);
  }
}
