import { describe, expect, test } from "vitest";
import { GradeReport } from "../../graders/index.ts";
import { HOSTILE_ROWS, type Allowed } from "./hostile-rows.ts";
import { TallyFolder, orphans } from "./tally-folder.ts";

/** Longest accepted grade: twice the limit of loading and of one property. */
const LONGEST_MS = 2 * (4_000 + 5_500);
/** Grades it and checks all that holds whatever the verdict is. */
async function verdictOn(source: string, env: Record<string, string>): Promise<string> {
  const folder = new TallyFolder();
  folder.attempt(source);
  const started = Date.now();
  const { stdout } = await folder.kata(["grade", "tally", "--no-budget", "--json"], env);
  expect(Date.now() - started).toBeLessThan(LONGEST_MS);
  const { verdict, reason, score } = GradeReport.parse(JSON.parse(stdout));
  if (reason === "tampered") expect(score.points).toBe(0);
  expect(folder.history()).toHaveLength(1);
  expect(orphans()).toEqual([]);
  return reason === undefined ? verdict : `${verdict} ${reason}`;
}

function listOf(allowed: Allowed): readonly string[] {
  return typeof allowed === "string" ? [allowed] : allowed;
}

describe("with every layer", () => {
  test.each(HOSTILE_ROWS)("an attempt that $what", async ({ source, all }) => {
    expect(listOf(all)).toContain(await verdictOn(source, {}));
  });
});

describe("with the layers that work everywhere, unread before it runs", () => {
  const rows = HOSTILE_ROWS.flatMap(({ what, source, basic }) => {
    return basic === undefined ? [] : [{ what, source, basic }];
  });
  test.each(rows)("an attempt that $what", async ({ source, basic }) => {
    expect(listOf(basic)).toContain(await verdictOn(source, { KATA_PROTECTIONS: "basic" }));
  });
});

test("there are at least 40 of them", () => {
  expect(HOSTILE_ROWS.length).toBeGreaterThanOrEqual(40);
});
