import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { BUILT, PACKAGE_ROOT } from "../catalog/paths.ts";
import { LOADED, packageView } from "./package-view.ts";

/** Names of the packages that a built file imports, with what it imports of ours. */
function importedPackages(file: string, seen = new Set<string>()): Set<string> {
  const names = new Set<string>();
  if (seen.has(file)) return names;
  seen.add(file);
  const source = readFileSync(file, "utf8");
  for (const [, from = ""] of source.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g)) {
    if (from.startsWith("."))
      importedPackages(join(dirname(file), from), seen).forEach((name) => names.add(name));
    else if (!from.startsWith("node:")) names.add(from);
  }
  return names;
}

describe("what a worker may read", () => {
  test("has every package that a worker imports", () => {
    const entries = [BUILT.specWorker, BUILT.benchWorker, BUILT.harness];
    const imported = entries.flatMap((file) => [...importedPackages(file)]);
    // The workers are there, so the search found something.
    expect(imported).toContain("tinybench");
    expect([...new Set(imported)].filter((name) => !LOADED.some((own) => own === name))).toEqual(
      [],
    );
  });

  test("has neither solutions nor katas nor specs", () => {
    for (const folder of ["solutions", "katas", "spec"]) {
      const hidden = join(PACKAGE_ROOT, folder, "x");
      expect(packageView().paths.filter((path) => hidden.startsWith(path))).toEqual([]);
    }
  });
});
