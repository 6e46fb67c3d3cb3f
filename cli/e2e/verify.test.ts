import { readFileSync } from "node:fs";
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
  readonly waived: readonly { reason: string }[];
  readonly matrix: Readonly<
    Record<string, readonly { killer: string; seeds?: { broken: number; of: number } }[]>
  >;
}

function killers({ matrix }: Result, wrong: string): string[] {
  return (matrix[wrong] ?? []).map(({ killer }) => killer);
}

async function verify(slug: string): Promise<{ code: number; result: Result }> {
  const { code, stdout } = await runCli(
    awkwardFolder(),
    ["verify", slug, "--fresh", "--json"],
    env,
  );
  const { results } = JSON.parse(stdout) as { results: Result[] };
  return { code, result: results[0]! };
}

test("a sound kata has no findings, and each wrong answer dies by what it names", async () => {
  const { code, result } = await verify("tally");
  expect(result.findings).toEqual([]);
  expect(code).toBe(0);
  expect(killers(result, "wrong/no-validation")).toEqual(["no-empty-word"]);
  expect(result.matrix["wrong/one-word"]).toContainEqual(
    expect.objectContaining({ killer: "words-are-apart", seeds: { broken: 10, of: 10 } }),
  );
  expect(result.waived.map(({ reason }) => reason)).toHaveLength(3);
});

test("a toothless kata is told everything that is wrong with it, and where", async () => {
  const { code, result } = await verify("toothless");
  expect(code).toBe(1);
  const found = result.findings.map(
    ({ check, file, message }) => `${check} ${file.split("/").at(-1)} ${message}`,
  );
  expect(found).toEqual([
    "built-ins all-share.ts wrong/all-share changes Object.prototype.b: a grade calls that tampered, and judges no property",
    "stub-fails stub.ts the stub passes always-true",
    "points toothless.spec.ts the points sum to 90",
    "rules-covered toothless.spec.ts always-true cites rule 9, which does not exist",
    "rules-covered README.md rule 3 is cited by no property and no budget",
    "wrongs-killed no-validation.ts wrong/no-validation survives always-true: nothing catches it",
    "wrongs-killed no-validation.ts wrong/no-validation survives budget:never-declared: nothing catches it",
    "no-dead-weight toothless.spec.ts always-true catches no wrong answer that names it",
    "waivers kata.json the waiver of points (never-there) matches no finding",
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
  expect(killers(result, "wrong/loops")).toEqual(["counts"]);
});

test("the answers behind one that changes what all share are judged in a clean process", async () => {
  const { result } = await verify("toothless");
  expect(killers(result, "wrong/all-share")).toEqual(["counts"]);
  expect(result.matrix["wrong/first-letter"]).toContainEqual(
    expect.objectContaining({ killer: "words-are-apart", seeds: { broken: 10, of: 10 } }),
  );
});

test("with --json, who waits for many katas hears of each on stderr", async () => {
  const dir = awkwardFolder();
  const { stdout, stderr } = await runCli(dir, ["verify", "tally", "hanging", "--json"], env);
  const { results } = JSON.parse(stdout) as { results: Result[] };
  expect(results.map(({ kata }) => kata)).toEqual(["tally", "hanging"]);
  expect(stderr).toMatch(/^\S+ tally {2}/m);
  expect(stderr).toMatch(/^\S+ hanging {2}/m);
});

test("nothing to verify is a usage error", async () => {
  const run = await runCli(awkwardFolder(), ["verify"], env);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("--all");
});

test("the matrix, a page and JUnit come with it; what is proved is not proved again", async () => {
  const dir = awkwardFolder();
  const args = ["verify", "tally", "--html", "m.html", "--junit", "j.xml"];
  const first = await runCli(dir, args, env);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^ {2}counts-twice +1 10\/10 +· +·$/m);
  expect(first.stderr).toBe("Wrote m.html\nWrote j.xml\n");
  const again = await runCli(dir, args, env);
  expect(again.stdout).toContain("proved before");
  const page = readFileSync(join(dir, "m.html"), "utf8");
  expect(page).toContain("counts-twice, caught by counts");
  expect(page).not.toMatch(/https?:\/\/|<script/);
  const xml = readFileSync(join(dir, "j.xml"), "utf8");
  expect(xml).toContain('<testsuite name="tally" tests="4" failures="0" skipped="3"');
});

test("--html with several katas says what to do", async () => {
  const run = await runCli(awkwardFolder(), ["verify", "--all", "--html", "m.html"], env);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("a page shows one kata: name it");
});
