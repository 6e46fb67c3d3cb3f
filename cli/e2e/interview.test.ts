import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MAIN, awkwardFolder, runCli } from "./run-cli.ts";

/** A terminal to type in: util-linux's script. Without it these tests are skipped, visibly. */
const HAS_TERMINAL =
  process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

interface Typed {
  /** What the terminal shows so far. */
  screen(): string;
  type(line: string): void;
  /** Ends the interview itself, as a power cut would. */
  kill(): void;
  readonly ended: Promise<void>;
}

function interview(cwd: string, ...args: string[]): Typed {
  const command = ["exec", process.execPath, MAIN, "interview", ...args].map(quote).join(" ");
  const terminal = spawn("script", ["-qfec", command, "/dev/null"], { cwd });
  let screen = "";
  terminal.stdout.on("data", (chunk: Buffer) => (screen += chunk.toString()));
  const children = `/proc/${terminal.pid}/task/${terminal.pid}/children`;
  return {
    screen: () => screen,
    type: (line) => terminal.stdin.write(`${line}\r`),
    kill: () =>
      process.kill(Number(readFileSync(children, "utf8").trim().split(" ")[0]), "SIGKILL"),
    ended: new Promise((resolve) => terminal.on("close", () => resolve())),
  };
}

function quote(word: string): string {
  return word === "exec" ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Looks again until it holds; a minute at most. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 600) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

test.skipIf(!HAS_TERMINAL)("a session survives kill -9 and ends with a report", async () => {
  const dir = awkwardFolder();
  const log = join(dir, "one/session.jsonl");
  const first = interview(dir, "twitter", "--seed", "7", "--out", "one", "--set", "dau=100M");
  await until(() => first.screen().includes("1 of 8: Requirements"));
  first.type("feeds for 100M a day");
  first.type("/next");
  first.type("/twist");
  await until(() => textOf(log).includes('"twist"'));
  first.kill();
  await first.ended;
  expect(existsSync(join(dir, "one/report.md"))).toBe(false);
  expect(textOf(join(dir, "one/worksheet-at-twist.md"))).toContain('set: { dau: "100M" }');

  const second = interview(dir, "--resume", "one");
  await until(() => second.screen().includes("Going on at"));
  expect(second.screen()).toContain("2 of 8: Estimates");
  second.type("t: pushing costs 200 writes");
  second.type("/done");
  await second.ended;
  const report = textOf(join(dir, "one/report.md"));
  expect(report).toContain("feeds for 100M a day");
  expect(report).toContain("(tradeOffs) pushing costs 200 writes");
  expect(report).toContain("level senior, role solo, seed 7, with dau=100M");
  expect(
    textOf(log)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string })
      .map(({ kind }) => kind),
  ).toEqual(["started", "note", "section", "twist", "note", "done"]);
});

test.skipIf(!HAS_TERMINAL)(
  "Ctrl-D stops it, and says how to go on; the folder is not reused",
  async () => {
    const dir = awkwardFolder();
    const session = interview(dir, "uber", "--out", "two words");
    await until(() => session.screen().includes("1 of 8: Requirements"));
    session.type("\u0004");
    await session.ended;
    expect(session.screen()).toContain("nothing is lost");
    expect(session.screen()).toContain("kata interview --resume 'two words'");
    const again = interview(dir, "uber", "--out", "two words");
    await again.ended;
    expect(again.screen()).toContain("There is a session in two words already");
  },
);

test("without a terminal it prints the schedule and writes nothing", async () => {
  const dir = awkwardFolder();
  const run = await runCli(dir, ["interview", "twitter", "--minutes", "35", "--seed", "1"]);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain("33:00   2 min  Wrap-up");
  expect(run.stdout).toContain("21:00  a requirement changes");
  expect(run.stderr).toContain("no terminal");
  expect((await runCli(dir, ["interview", "twitter", "--plan"])).stderr).toBe("");
  expect(existsSync(join(dir, "interviews"))).toBe(false);
});

test.each([
  [["interview"], "name a system"],
  [["interview", "twiter"], "Did you mean twitter?"],
  [["interview", "twitter", "--minutes", "40"], "35, 45, 60"],
  [["interview", "twitter", "--level", "guru"], "mid, senior, staff"],
  [["interview", "twitter", "--role", "boss"], "solo, interviewer, pair"],
  [["interview", "twitter", "--set", "dua=1"], "dua"],
  [["interview", "--resume", "nowhere"], "it does not exist"],
])("a usage error: %j", async (args, said) => {
  const run = await runCli(awkwardFolder(), args);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain(said);
});
