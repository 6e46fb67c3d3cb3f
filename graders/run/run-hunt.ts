import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { say } from "../model/say.ts";
import { BUILT, kataFolders } from "../catalog/paths.ts";
import { HuntRecord, type HuntPlan } from "../model/hunt.ts";
import type { Kata } from "../model/kata.ts";
import { bundle } from "./bundle.ts";
import { ContainedProcess } from "./contained-process.ts";
import { LIMITS } from "./limits.ts";

/** How long a hunt may take on one subject, in ms. */
const HUNT_MS = 5_000;
const OUTPUT_BYTES = 1024 * 1024;

/** What came of a hunt on one subject. */
export type HuntEnd =
  | { readonly kind: "returned" | "timed-out"; readonly calls: number }
  | { readonly kind: "threw"; readonly what: string; readonly calls: number }
  /** Nothing can be said of the subject: the hunt itself does not run. */
  | { readonly kind: "broken"; readonly why: string };

/**
 * Runs a hunt on one subject, alone in a contained process of its own: a hunt that has seen nothing
 * else cannot tell a wrong answer by its turn. The process can read these two bundles only.
 */
export async function runHunt(
  { paths }: Kata,
  subjectFile: string,
  huntFile: string,
  signal?: AbortSignal,
): Promise<HuntEnd> {
  const dir = await mkdtemp(join(tmpdir(), "kata-hunt-"));
  try {
    const { subject } = await bundle(
      [{ name: "subject", file: subjectFile }],
      kataFolders(paths),
      dir,
    );
    const hunt = await bundleHunt(huntFile, dir);
    if (typeof hunt !== "string") return { kind: "broken", why: hunt.why };
    return await contain({ subject, hunt }, signal);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function bundleHunt(file: string, dir: string): Promise<string | { readonly why: string }> {
  try {
    return (await bundle([{ name: "hunt", file }], [dirname(file)], dir)).hunt;
  } catch (error) {
    const lines = String(error instanceof Error ? error.message : error).split("\n");
    const what = lines.find((line) => line.trim() !== "" && !line.startsWith("Build failed"));
    return { why: say`it cannot be bundled: ${stripVTControlCharacters(what ?? "").trim()}` };
  }
}

async function contain(plan: HuntPlan, signal: AbortSignal | undefined): Promise<HuntEnd> {
  let end: HuntEnd | undefined;
  let isHunting = false;
  const worker = new ContainedProcess({
    args: [BUILT.huntWorker],
    plan,
    heapMb: LIMITS.heapMb,
    readable: { paths: [dirname(plan.subject)] },
    outputBytes: OUTPUT_BYTES,
    ipc: false,
    onRecord: (json) => {
      const record = HuntRecord.parse(json);
      if (record.t === "hunting") {
        isHunting = true;
        worker.deadline(HUNT_MS);
      } else if (record.t === "hunt-broken") {
        end = { kind: "broken", why: record.message };
      } else {
        const { threw, calls } = record;
        end =
          threw === undefined ? { kind: "returned", calls } : { kind: "threw", what: threw, calls };
      }
    },
  });
  const abort = (): void => worker.kill("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort();
  worker.deadline(LIMITS.bootMs);
  const { reason, output } = await worker.ended;
  signal?.removeEventListener("abort", abort);
  if (end !== undefined) return end;
  if (reason === "timed-out" && isHunting) return { kind: "timed-out", calls: 0 };
  return { kind: "broken", why: say`its process ended early (${reason}) ${output.trim()}`.trim() };
}
