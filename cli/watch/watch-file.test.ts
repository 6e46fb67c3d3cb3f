import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FileWatch } from "./watch-file.ts";

let dir: string;
let file: string;
let watch: FileWatch;
const onSave = vi.fn();
const onGone = vi.fn();
const onPolling = vi.fn();

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "kata-watch-")), "é attempt");
  mkdirSync(dir);
  file = join(dir, "tally.ts");
  writeFileSync(file, "0");
  for (const spy of [onSave, onGone, onPolling]) spy.mockReset();
});
afterEach(() => watch.close());

const WAIT = { timeout: 15_000, interval: 20 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function open(polls = false): Promise<void> {
  watch = new FileWatch(file, { onSave, onGone, onPolling }, polls);
  await pause(300);
}

test("sees plain saves, atomic ones, a file beside it, deletion and return", async () => {
  await open();
  writeFileSync(file, "1");
  await vi.waitFor(() => expect(onSave).toHaveBeenCalledTimes(1), WAIT);
  writeFileSync(`${file}.new`, "22");
  renameSync(`${file}.new`, file);
  await vi.waitFor(() => expect(onSave).toHaveBeenCalledTimes(2), WAIT);
  writeFileSync(join(dir, "helper.ts"), "3");
  await vi.waitFor(() => expect(onSave).toHaveBeenCalledTimes(3), WAIT);
  rmSync(file);
  await vi.waitFor(() => expect(onGone).toHaveBeenCalledTimes(1), WAIT);
  writeFileSync(file, "4444");
  await vi.waitFor(() => expect(onSave).toHaveBeenCalledTimes(4), WAIT);
  expect(onPolling).not.toHaveBeenCalled();
}, 60_000);

test("does not see what is no TypeScript", async () => {
  await open();
  writeFileSync(join(dir, "notes.md"), "x");
  await pause(500);
  expect(onSave).not.toHaveBeenCalled();
});

test("where no events come it looks by itself, says so once, and polls from then on", async () => {
  await open();
  // As on a drive that sends no events.
  await watch.deafen();
  writeFileSync(file, "11");
  await vi.waitFor(() => expect(onPolling).toHaveBeenCalledTimes(1), WAIT);
  expect(onSave).toHaveBeenCalledTimes(1);
  await pause(500);
  writeFileSync(file, "222");
  await vi.waitFor(() => expect(onSave).toHaveBeenCalledTimes(2), WAIT);
  expect(onPolling).toHaveBeenCalledTimes(1);
}, 60_000);
