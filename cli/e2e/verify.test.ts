import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { awkwardFolder, runCli } from "./run-cli.ts";

const env = { KATA_ROOT: join(PACKAGE_ROOT, "graders/fixtures/root") };

interface Result {
  readonly kata: string;
  readonly findings: readonly {
    check: string;
    file: string;
    line: number;
    message: string;
    fix: string;
  }[];
  readonly killed: Readonly<Record<string, readonly string[]>>;
}

async function verify(slug: string): Promise<{ code: number; result: Result }> {
  const { code, stdout } = await runCli(awkwardFolder(), ["verify", slug, "--json"], env);
  const { results } = JSON.parse(stdout) as { results: Result[] };
  return { code, result: results[0]! };
}

test("a sound kata has no findings, and each wrong answer dies by what it names", async () => {
  const { code, result } = await verify("tally");
  expect(result.findings).toEqual([]);
  expect(code).toBe(0);
  expect(result.killed).toMatchObject({
    "wrong/no-validation": ["no-empty-word"],
    "wrong/one-word": expect.arrayContaining(["words-are-apart"]) as string[],
  });
});

test("a toothless kata is told everything that is wrong with it, and where", async () => {
  const { code, result } = await verify("toothless");
  expect(code).toBe(1);
  const found = result.findings.map(
    ({ check, file, message }) => `${check} ${file.split("/").at(-1)} ${message}`,
  );
  expect(found).toEqual([
    "stub-fails stub.ts the stub passes always-true",
    "points toothless.spec.ts the points sum to 90",
    "rules-covered toothless.spec.ts always-true cites rule 9, which does not exist",
    "rules-covered README.md rule 3 is cited by no property and no budget",
    "wrongs-killed no-validation.ts wrong/no-validation survives always-true: nothing catches it",
    "wrongs-killed toothless.spec.ts always-true catches no wrong answer",
  ]);
  for (const { line, fix } of result.findings) {
    expect(line).toBeGreaterThan(0);
    expect(fix).not.toBe("");
  }
});

test("a wrong answer that never comes back is caught by the property it hangs in", async () => {
  const { code, result } = await verify("hanging");
  expect(result.findings).toEqual([]);
  expect(code).toBe(0);
  expect(result.killed["wrong/loops"]).toEqual(["counts"]);
});

test("nothing to verify is a usage error", async () => {
  const run = await runCli(awkwardFolder(), ["verify"], env);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("--all");
});
