import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT, findKata, PACKAGE_ROOT } from "../graders/reading.ts";
import { createStyle } from "./report/style.ts";
import { wantsColor } from "./context.ts";

/*
 * `npm run demo`: the main job, on real input, in a temporary folder. The commands are those that a
 * candidate types; the exit codes are checked, so the demo fails when kata does.
 */
const SLUG = "bloom-filter";
const MAIN = fileURLToPath(new URL("main.js", import.meta.url));
const color = wantsColor(process.env, process.stdout.isTTY === true);
const style = createStyle(color);

const { paths } = await findKata({ root: PACKAGE_ROOT }, SLUG);
const dir = mkdtempSync(join(tmpdir(), "kata-demo-"));
const attempt = join(dir, "attempts", SLUG, `${SLUG}.ts`);
let asExpected = true;

function say(text: string): void {
  process.stdout.write(`\n${style.cyan(style.bold(`# ${text}`))}\n`);
}

function kata(expected: number, ...args: string[]): void {
  process.stdout.write(`${style.dim("$")} kata ${args.join(" ")}\n`);
  const env = { ...process.env, ...(color ? { FORCE_COLOR: "1" } : {}) };
  const { status } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: dir,
    env,
    stdio: "inherit",
  });
  if (status === expected) return;
  asExpected = false;
  process.stdout.write(`The demo expected exit code ${expected}, not ${status}.\n`);
}

/** Puts one of our own answers where the candidate's would be. */
function answerWith(file: string): void {
  const stub = JSON.stringify(paths.stub);
  const source = readFileSync(file, "utf8").replace(/from "[^"]*\/stub\.ts"/, `from ${stub}`);
  writeFileSync(attempt, source);
}

try {
  say(`1. A stub to fill in, written to ${dir}`);
  kata(EXIT.ok, "start", SLUG);

  say("2. The untouched stub: 0 points, and it says what is not written yet");
  kata(EXIT.failed, "grade", SLUG);

  say("3. A wrong answer: the hash is taken as a signed number, so half of the positions are lost");
  answerWith(join(paths.wrongDir, "signed-index.ts"));
  kata(EXIT.failed, "grade", SLUG);

  say("4. The reference solution: every property, then its time against the reference's");
  answerWith(paths.reference);
  kata(EXIT.ok, "grade", SLUG);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
say(
  asExpected
    ? "That was kata. Now you: npx kata start bloom-filter"
    : "Something is wrong here: npx kata doctor",
);
process.exitCode = asExpected ? EXIT.ok : EXIT.bug;
