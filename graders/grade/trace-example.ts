import { readFileSync } from "node:fs";
import { say } from "../model/say.ts";
import { valueExports } from "../catalog/stub-exports.ts";
import { KataError } from "../model/kata-error.ts";
import type { Kata } from "../model/kata.ts";
import type { Story } from "../model/story.ts";
import { runSpec } from "../run/run-spec.ts";
import { COMMON_SEED } from "./grade-attempt.ts";

/** The calm run of a kata, as some file's nodes play it. */
export interface TracedExample {
  readonly story: Story;
  /** What ended it early. */
  readonly broken?: string;
}

/**
 * Runs the example of a simulation kata on the nodes of a file.
 * @throws KataError `no-example`, `attempt-unreadable`, `interrupted`
 */
export async function traceExample(
  kata: Kata,
  file: string,
  signal?: AbortSignal,
): Promise<TracedExample> {
  const { slug, paths } = kata;
  const plan = {
    slug,
    subjects: [{ name: "traced", file }],
    exports: valueExports(readFileSync(paths.stub, "utf8")),
    seed: COMMON_SEED,
    tracesExample: true,
  };
  const run = await runSpec(paths.spec, plan, signal === undefined ? {} : { signal });
  if (signal?.aborted === true) throw new KataError("interrupted", { slug });
  const traced = run.subjects.get("traced");
  if (traced?.story !== undefined) return traced.story;
  if (traced?.end.kind === "complete") throw new KataError("no-example", { slug });
  const why =
    traced?.end.kind === "load-failed"
      ? traced.end.message
      : say`its nodes did not come back in time`;
  throw new KataError("attempt-unreadable", { file, slug, why });
}
