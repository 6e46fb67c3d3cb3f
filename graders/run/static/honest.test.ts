import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../catalog/paths.ts";
import { FOR_SPECS, staticCheck } from "../static-check.ts";
import { typecheck } from "../typecheck.ts";

/** Honest code must not be caught. */

const FIXTURES = join(PACKAGE_ROOT, "graders/fixtures");
const HONEST = join(FIXTURES, "attempts/honest");
const dir = realpathSync(mkdtempSync(join(tmpdir(), "kata-honest-")));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("styles that an attempt may be written in", () => {
  const styles = filesBelow(HONEST);

  test.each(styles.map((file) => relative(HONEST, file)))("%s", async (name) => {
    expect(await staticCheck(join(HONEST, name))).toEqual([]);
  });

  test("are many, and compile as attempts do", async () => {
    expect(styles.length).toBeGreaterThan(45);
    const stub = join(dir, "stub.ts");
    const attempt = join(dir, "attempt.ts");
    writeFileSync(stub, "export {};\n");
    const lines = styles.map((file) => `import ${JSON.stringify(file)};\n`);
    writeFileSync(attempt, `${lines.join("")}export {};\n`);
    expect(await typecheck(attempt, stub)).toEqual({ problems: [], missing: [] });
  });
});

describe("our own subjects", () => {
  const roots = [PACKAGE_ROOT, join(FIXTURES, "root")];
  const subjects = roots.flatMap((root) => filesBelow(join(root, "solutions")));

  test("reference, wrong answers and alternatives pass", async () => {
    const denials = await Promise.all(subjects.map((file) => staticCheck(file)));
    expect(denials.flat()).toEqual([]);
    expect(subjects.length).toBeGreaterThan(150);
  });

  test("specs and benches pass, as those of packs must", async () => {
    const specs = roots.flatMap((root) => filesBelow(join(root, "spec")));
    const denials = await Promise.all(specs.map((file) => staticCheck(file, FOR_SPECS)));
    expect(denials.flat()).toEqual([]);
    expect(specs.length).toBeGreaterThan(15);
  });
});
