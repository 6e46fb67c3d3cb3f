import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadKata } from "../catalog/catalog.ts";
import { runSpec, type SpecRun } from "./run-spec.ts";
import { WarmSpec } from "./warm-spec.ts";

const root = fileURLToPath(new URL("../fixtures/root", import.meta.url));
const tally = loadKata({ root }, "tally");
const SOUND = readFileSync(tally.reference.file, "utf8").replace(
  /from "[^"]*\/stub\.ts"/,
  `from ${JSON.stringify(tally.paths.stub)}`,
);

let dir: string;
let file: string;
let warm: WarmSpec;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "kata-warm-"));
  file = join(dir, "tally.ts");
  writeFileSync(file, SOUND);
  warm = new WarmSpec();
});
afterEach(async () => {
  await warm.close();
  rmSync(dir, { recursive: true, force: true });
});

function run(onStarted?: () => void, signal?: AbortSignal): Promise<SpecRun> {
  const subjects = [{ name: "attempt", file }];
  const plan = { slug: "tally", subjects, exports: ["Tally"], seed: 1 };
  return runSpec(tally.paths.spec, plan, {
    warm,
    ...(signal === undefined ? {} : { signal }),
    onProgress: ({ kind }) => (kind === "started" ? onStarted?.() : undefined),
  });
}

const endOf = (done: SpecRun): string | undefined => done.subjects.get("attempt")?.end.kind;

test("a run that is stopped in the middle does not keep the next one waiting", async () => {
  expect(endOf(await run())).toBe("complete");
  const stop = new AbortController();
  const stopped = await run(() => stop.abort(), stop.signal);
  expect(stopped.process.reason).toBe("aborted");
  expect(endOf(await run())).toBe("complete");
}, 60_000);

// vitest waits for ever for a process that is killed as it starts.
test.each([0, 1, 5, 20, 60, 200])(
  "nor does one that is stopped after %i ms",
  async (afterMs) => {
    expect(endOf(await run())).toBe("complete");
    const stop = new AbortController();
    setTimeout(() => stop.abort(), afterMs);
    expect(["aborted", "exited"]).toContain((await run(undefined, stop.signal)).process.reason);
    expect(endOf(await run())).toBe("complete");
  },
  60_000,
);

test("an attempt that ends its process, or never comes back, neither", async () => {
  expect(endOf(await run())).toBe("complete");
  const loop = "\nfor (let i = 0; i < 1; i -= 1);\n";
  writeFileSync(file, SOUND + loop);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 1_500);
  expect((await run(undefined, stop.signal)).process.reason).toBe("aborted");
  writeFileSync(file, `${SOUND}\nprocess.exit(3);\n`);
  expect(endOf(await run())).not.toBe("complete");
  writeFileSync(file, SOUND);
  expect(endOf(await run())).toBe("complete");
}, 60_000);
