import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../catalog/paths.ts";

const SINK = JSON.stringify(join(PACKAGE_ROOT, "dist/graders/harness/sink.js"));

/** Emits a record in a process of its own, after `before`, and returns what came over the channel. */
async function emitted(record: unknown, before = ""): Promise<unknown> {
  const code = `const { openChannel, emit } = await import(${SINK}); const record = openChannel(); ${before}; emit(record);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "ignore", "inherit", "ignore", "pipe"],
    env: {},
  });
  const channel = child.stdio[4] as Readable & Writable;
  channel.write(`nonce ${JSON.stringify(record)}\n`);
  let text = "";
  for await (const chunk of channel.setEncoding("utf8")) text += String(chunk);
  expect(text.startsWith("nonce ")).toBe(true);
  return JSON.parse(text.slice("nonce ".length));
}

test("a record arrives as it was", async () => {
  for (const record of fc.sample(fc.object(), { seed: 3, numRuns: 3 })) {
    const json = JSON.parse(JSON.stringify(record)) as unknown;
    expect(await emitted(json)).toEqual(json);
  }
});

test("a planted toJSON is not asked", async () => {
  const record = { t: "outcome", failure: { steps: ["a", 'b"'], none: null } };
  const plant =
    "Object.prototype.toJSON = String.prototype.toJSON = Array.prototype.toJSON = () => 1";
  expect(await emitted(record, plant)).toEqual(record);
});
