import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { runProgram } from "../program.ts";
import { awkwardFolder } from "./run-cli.ts";

/** A user whose clock is ours. */
class Candidate {
  readonly dir: string = awkwardFolder();
  today = "2026-11-21";

  async kata(...argv: string[]): Promise<string> {
    let text = "";
    const out = { write: (part: string): void => void (text += part) };
    const ctx: CliContext = {
      cwd: this.dir,
      env: {},
      stdout: out,
      stderr: out,
      isTty: false,
      stderrIsTty: false,
      columns: 80,
      color: false,
      now: () => this.at(12, 0),
      root: PACKAGE_ROOT,
      packs: [],
    };
    await runProgram(ctx, argv);
    return text;
  }

  at(hour: number, minute: number): Date {
    const [year = 0, month = 1, day = 1] = this.today.split("-").map(Number);
    return new Date(year, month - 1, day, hour, minute);
  }

  /** As a whole grade at half past twelve leaves it in the history. */
  passes(kata: string, minute = 30): void {
    const report = {
      kata,
      verdict: "passed",
      score: { points: 100 },
      options: { budget: true },
      times: { startedAt: this.at(12, minute).toISOString() },
    };
    mkdirSync(join(this.dir, ".kata"), { recursive: true });
    writeFileSync(join(this.dir, ".kata/history.ndjson"), `${JSON.stringify(report)}\n`, {
      flag: "a",
    });
  }
}

let user: Candidate;
beforeEach(() => {
  user = new Candidate();
});

test("a plan is begun, followed and caught up with", async () => {
  expect(await user.kata("plan")).toContain("It would begin today.");
  user.today = "2026-11-22";
  expect(await user.kata("plan", "--start", "2026-11-21")).toContain("day 2 of 35, Scaling");
  expect(await user.kata("plan")).toMatch(/^ {4}kata start token-bucket \(25 min\)$/m);

  user.today = "2026-11-25";
  const missed = await user.kata("plan");
  expect(missed).toMatch(/^ {2}~ kata start token-bucket \(25 min, from day 1\.2\)$/m);
  expect(missed).toMatch(/^ {2}~ kata start lru-cache \(25 min, from day 1\.4\)$/m);
  const moved = missed.match(/^ {2}~ kata start/gm) ?? [];
  expect(missed).toContain(`${moved.length} moved on from days that are over or full.`);
  const spread = await user.kata("plan", "--minutes", "30");
  expect(spread).toMatch(/^Thu 2026-11-26 1\.6 .*: [a-z-]+\s+\(moved\)/m);

  user.passes("token-bucket");
  const caughtUp = await user.kata("plan");
  expect(caughtUp).toMatch(/\b1 of \d+ done since 2026-11-21\./);
  expect(caughtUp).not.toMatch(/^ {2}. kata start token-bucket/m);
  for (const line of (await user.kata("plan", "--all")).split("\n")) {
    expect(line.length).toBeLessThanOrEqual(80);
  }
});

test("the calendar, a track, JSON, and what is no date", async () => {
  await user.kata("plan", "--start", "today", "--ics", "plan.ics");
  const calendar = readFileSync(join(user.dir, "plan.ics"), "utf8");
  expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(35);
  await user.kata("plan", "--ics", "plan.ics");
  writeFileSync(join(user.dir, "mine.txt"), "mine");
  await expect(user.kata("plan", "--ics", "mine.txt")).rejects.toThrow("mine.txt");

  const track = JSON.parse(await user.kata("plan", "--track", "intermediate", "--json")) as {
    track: string;
    days: { day: string; items: { slug: string }[] }[];
  };
  expect([track.track, track.days.length]).toEqual(["intermediate", 4]);
  expect(track.days[2]?.items.map(({ slug }) => slug)).toContain("bloom-filter");

  await expect(user.kata("plan", "--start", "2026-02-30")).rejects.toThrow(
    "--start does not accept",
  );
  await expect(user.kata("plan", "--track", "expert")).rejects.toThrow("--track does not accept");
  writeFileSync(join(user.dir, ".kata/plan.json"), "{");
  await expect(user.kata("plan")).rejects.toThrow("cannot be read");
  expect(await user.kata("plan", "--start", "today")).toContain("day 1 of 35");
});

test("what was passed is due again, and is drilled from a blank stub", async () => {
  expect(await user.kata("drill")).toContain("Nothing to drill yet");
  await user.kata("start", "lru-cache");
  user.passes("lru-cache", 20);
  expect(await user.kata("drill")).toContain(
    "Nothing is due. The next comes on 2026-11-24: lru-cache.",
  );
  const file = join(user.dir, "attempts/lru-cache/lru-cache.ts");
  const stub = readFileSync(file, "utf8");
  writeFileSync(file, "// my first answer\n");

  user.today = "2026-11-25";
  expect(await user.kata("status")).toContain("Due again: lru-cache (kata drill)");
  expect(await user.kata("drill", "--list")).toMatch(
    /^lru-cache {2}2026-11-24 {2}1 d over {2}good/m,
  );
  expect(readFileSync(file, "utf8")).toBe("// my first answer\n");
  const drill = await user.kata("drill");
  expect(drill).toContain("Your work so far is kept in attempts/lru-cache.1");
  expect(readFileSync(file, "utf8")).toBe(stub);
  expect(await user.kata("drill")).toContain("You have begun lru-cache again already.");

  // A hint in a drill makes the pass a hard one, although all hints were there to see before.
  await user.kata("hint", "lru-cache");
  user.passes("lru-cache", 20);
  expect(await user.kata("drill", "--list")).toMatch(/hard +2 +25$/m);
  expect(await user.kata("status")).not.toContain("Due again");
  await user.kata("drill", "lru-cache");
  await user.kata("solution", "lru-cache");
  expect(await user.kata("drill", "--list")).toMatch(/again +3 +25$/m);
});
