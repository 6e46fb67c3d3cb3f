import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type KataOnDisk, PACKAGE_ROOT, findKata } from "../../graders/reading.ts";
import { isUntouched, writeAttempt } from "./attempt.ts";

const SLUG = "bloom-filter";
let kata: KataOnDisk;
let parent: string;
beforeEach(async () => {
  kata = await findKata({ root: PACKAGE_ROOT }, SLUG);
  parent = join(mkdtempSync(join(tmpdir(), "kata start é-")), "attempts");
});
afterEach(() => rmSync(dirname(parent), { recursive: true }));

const write = (again = false) => writeAttempt({ kata, parent, again, cwd: join(parent, "..") });

test("writes the stub under a header that says how to go on", () => {
  const { file, keptIn } = write();
  const text = readFileSync(file, "utf8");
  expect(keptIn).toBeUndefined();
  expect(text).toContain(`kata grade ${SLUG}`);
  expect(text.endsWith(readFileSync(kata.paths.stub, "utf8"))).toBe(true);
  expect(isUntouched(kata, file)).toBe(true);
  writeFileSync(file, `${text} `);
  expect(isUntouched(kata, file)).toBe(false);
});

test("an empty folder is free, any other is not", () => {
  const dir = join(parent, SLUG);
  mkdirSync(dir, { recursive: true });
  write();
  expect(() => write()).toThrow(expect.objectContaining({ code: "attempt-exists" }));
});

test("a folder without an attempt is somebody's too", () => {
  mkdirSync(join(parent, SLUG), { recursive: true });
  writeFileSync(join(parent, SLUG, "notes.md"), "mine");
  expect(() => write()).toThrow(expect.objectContaining({ code: "attempt-exists" }));
  expect(write(true).keptIn).toBe(join(parent, `${SLUG}.1`));
  expect(readFileSync(join(parent, `${SLUG}.1`, "notes.md"), "utf8")).toBe("mine");
});

test("a file in the way is kept as well", () => {
  mkdirSync(parent);
  writeFileSync(join(parent, SLUG), "a file");
  expect(() => write()).toThrow(expect.objectContaining({ code: "attempt-exists" }));
  write(true);
  expect(readFileSync(join(parent, `${SLUG}.1`), "utf8")).toBe("a file");
});

test("leaves nothing when it cannot finish", () => {
  mkdirSync(parent);
  // A place that is taken by a file: the folder that is filled first cannot be made.
  writeFileSync(join(parent, `${SLUG}.new-${process.pid}`), "");
  expect(() => write()).toThrow(expect.objectContaining({ code: "cannot-write" }));
  expect(existsSync(join(parent, SLUG))).toBe(false);
});

test("keeps a tsconfig of the user, refreshes its own", () => {
  write();
  const config = join(parent, "tsconfig.json");
  const ours = readFileSync(config, "utf8");
  writeFileSync(config, ours.replace(PACKAGE_ROOT, "/moved/away"));
  write(true);
  expect(readFileSync(config, "utf8")).toBe(ours);
  writeFileSync(config, "{}");
  write(true);
  expect(readFileSync(config, "utf8")).toBe("{}");
  expect(readdirSync(parent).sort()).toEqual([SLUG, `${SLUG}.1`, `${SLUG}.2`, "tsconfig.json"]);
});
