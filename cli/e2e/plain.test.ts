import { expect, test } from "vitest";
import { SOUND, TallyFolder } from "./tally-folder.ts";

const GLYPHS = /[✓✗▇~]/;

test("--plain and KATA_PLAIN write words for marks and draw no bars", async () => {
  const folder = new TallyFolder();
  await folder.kata(["start", "tally"]);
  folder.attempt(SOUND.replace("this.count(word) + 1", "this.count(word) * 2 + 1"));
  const drawn = await folder.kata(["grade", "tally"]);
  expect(drawn.stdout).toMatch(GLYPHS);
  const plain = await folder.kata(["--plain", "grade", "tally"]);
  expect(plain.stdout).not.toMatch(GLYPHS);
  expect(plain.stdout).toMatch(/^ {2}FAIL counts/m);
  expect(plain.stdout).toMatch(/^ {2}ok {3}no-empty-word/m);
  const status = await folder.kata([], { KATA_PLAIN: "1" });
  expect(status.stdout).not.toContain("[");
  const list = await folder.kata(["list", "--plain"]);
  expect(list.stdout).not.toMatch(GLYPHS);
  // A token stays in one piece, to be copied.
  const isToken = (line: string): boolean => line.includes("--replay");
  for (const line of [...plain.stdout.split("\n"), ...list.stdout.split("\n")]) {
    if (!isToken(line)) expect(line.length).toBeLessThanOrEqual(80);
  }
});

test("scripts for three shells, and candidates that come from the index", async () => {
  const folder = new TallyFolder();
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, stdout } = await folder.kata(["completion", shell]);
    expect([code, stdout.includes("kata completion words --")]).toEqual([0, true]);
  }
  expect((await folder.kata(["completion", "words", "--", "grade", "ta"])).stdout).toBe("tally\n");
  const properties = await folder.kata([
    "completion",
    "words",
    "--",
    "grade",
    "tally",
    "--only",
    "",
  ]);
  expect(properties.stdout).toBe("counts\nno-empty-word\nwords-are-apart\n");
  const none = await folder.kata(["completion"]);
  expect([none.code, none.stderr.includes("bash, zsh, fish")]).toEqual([2, true]);
});
