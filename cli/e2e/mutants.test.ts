import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { type CliRun, runCli } from "./run-cli.ts";

/** A collection of its own, so that a test may edit it: the toys. */
class Collection {
  readonly dir = mkdtempSync(join(tmpdir(), "kata-mutants-"));

  constructor() {
    cpSync(join(PACKAGE_ROOT, "graders/fixtures/root"), this.dir, { recursive: true });
    symlinkSync(join(PACKAGE_ROOT, "node_modules"), join(this.dir, "node_modules"));
  }

  kata(...args: string[]): Promise<CliRun> {
    return runCli(this.dir, args, { KATA_ROOT: this.dir });
  }

  async mutants(slug: string): Promise<Result> {
    const { stdout } = await this.kata("verify", "--mutants", slug, "--json");
    const { results } = JSON.parse(stdout) as { results: Result[] };
    return results[0]!;
  }

  edit(file: string, from: string, to: string): void {
    const path = join(this.dir, file);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  }

  manifest(slug: string): string {
    return readFileSync(join(this.dir, `katas/toys/${slug}/kata.json`), "utf8");
  }
}

interface Result {
  readonly score: number;
  readonly cached: boolean;
  readonly findings: readonly { check: string; file: string; line: number; message: string }[];
  readonly mutants: readonly {
    id: string;
    line: number;
    fate: string;
    by?: string;
    before: string[];
    after: string[];
  }[];
}

const GUARD = 'if (word === "") throw new RangeError("the word is empty");';
const WITHOUT_GUARD = 'if (false) throw new RangeError("the word is empty");';

test("a spec with teeth notices every mutant, and what is known costs nothing", async () => {
  const toys = new Collection();
  const first = await toys.mutants("tally");
  expect(first).toMatchObject({ score: 100, cached: false, findings: [] });
  const byGuard = first.mutants.filter(({ before }) => before.includes(GUARD));
  expect(byGuard.find(({ after }) => after.includes(WITHOUT_GUARD))).toMatchObject({
    fate: "killed",
    by: "no-empty-word",
  });
  expect(await toys.mutants("tally")).toMatchObject({ cached: true, mutants: first.mutants });
  toys.edit("solutions/toys/tally/solution.ts", "?? 0", "?? 1 - 1");
  expect((await toys.mutants("tally")).cached).toBe(false);
});

test("a survivor is shown as a diff, recorded when it was reviewed, and found when it is stale", async () => {
  const toys = new Collection();
  const told = await toys.kata("verify", "--mutants", "toothless");
  expect(told.code).toBe(1);
  expect(told.stdout).toContain("solutions/toys/toothless/solution.ts:7");
  expect(told.stdout).toContain(`    - ${GUARD}\n    + ${WITHOUT_GUARD}\n`);
  expect(told.stdout).toContain("words-are-apart");
  expect(told.stdout).toContain("mutation-score  spec/toys/toothless.spec.ts:1");

  const [, id = ""] = /^ {2}([0-9a-f]{10}) {2}/m.exec(told.stdout) ?? [];
  const reason = "Nobody adds the empty word in this toy.";
  const review = ["verify", "toothless", "--equivalent", id, "--reason"];
  expect((await toys.kata(...review, "no")).code).toBe(2);
  expect(await toys.kata(...review, reason)).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(toys.manifest("toothless"))).toMatchObject({
    equivalentMutants: [{ id, change: `${GUARD} => ${WITHOUT_GUARD}`, reason }],
  });
  const after = await toys.mutants("toothless");
  expect(after).toMatchObject({ score: 100, cached: true, findings: [] });

  toys.edit("solutions/toys/toothless/solution.ts", 'word === ""', "word.length === 0");
  const stale = await toys.mutants("toothless");
  const [finding] = stale.findings.filter(({ check }) => check === "mutants");
  expect(finding?.message).toContain(id);
  const line = toys.manifest("toothless").split("\n")[(finding?.line ?? 0) - 1];
  expect(line).toContain(`"id": "${id}"`);
});

test("a record is refuted by a property that notices the mutant after all", async () => {
  const toys = new Collection();
  const { mutants } = await toys.mutants("tally");
  const [killed] = mutants;
  const record = { id: killed?.id, change: "a => b", reason: "Said without having looked at it." };
  const text = toys.manifest("tally");
  const manifest = { ...(JSON.parse(text) as object), equivalentMutants: [record] };
  writeFileSync(join(toys.dir, "katas/toys/tally/kata.json"), JSON.stringify(manifest, null, 2));
  const { findings } = await toys.mutants("tally");
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringContaining(`is noticed by ${killed?.by}`),
  ]);
  const refused = await toys.kata(
    "verify",
    "tally",
    "--equivalent",
    `${killed?.id}`,
    "--reason",
    record.reason,
  );
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("notices it");
});

test("mutants that never end are stopped, by visits or by the clock, and the rest is tried", async () => {
  const toys = new Collection();
  // Of the mutants of these lines some loop where they are switched on, `4 + 3` loops elsewhere.
  toys.edit(
    "solutions/toys/tally/solution.ts",
    "    const count =",
    "    const step = 4 - 3;\n    for (let left = 4; left !== 0; left -= step) this.#last = left;\n    const count =",
  );
  toys.edit("solutions/toys/tally/solution.ts", "  add(", "  #last = 0;\n\n  add(");
  const { mutants, findings } = await toys.mutants("tally");
  const at = (change: string) => mutants.find(({ after }) => after.join("").includes(change));
  expect(at("left += step")).toMatchObject({ fate: "timed-out" });
  expect(at("4 + 3")).toMatchObject({ fate: "timed-out" });
  expect(mutants.at(-1)).toMatchObject({ fate: "killed" });
  expect(findings.map(({ check }) => check)).toEqual(["mutation-score"]);
});

test("a reference that breaks its own spec is told so, and no mutant is judged by it", async () => {
  const toys = new Collection();
  toys.edit("solutions/toys/tally/solution.ts", "RangeError", "TypeError");
  const { findings, mutants } = await toys.mutants("tally");
  expect(mutants).toEqual([]);
  expect(findings.map(({ message }) => message)).toEqual([
    "the reference breaks no-empty-word, so no mutant can be judged",
  ]);
});

test("half a review, or one of two katas, is a usage error", async () => {
  const toys = new Collection();
  const lone = await toys.kata("verify", "tally", "--reason", "It is just so, believe me.");
  expect(lone).toMatchObject({ code: 2, stdout: "" });
  expect(lone.stderr).toContain("--equivalent <id>");
  const silent = await toys.kata("verify", "tally", "--equivalent", "0123456789");
  expect(silent).toMatchObject({ code: 2, stdout: "" });
  const two = ["tally", "spin", "--equivalent", "0123456789", "--reason", "why not, after all"];
  expect(await toys.kata("verify", ...two)).toMatchObject({ code: 2, stdout: "" });
});
