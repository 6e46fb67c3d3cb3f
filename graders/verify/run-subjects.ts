import { readFileSync } from "node:fs";
import { valueExports } from "../catalog/stub-exports.ts";
import type { Kata } from "../model/kata.ts";
import type { DeclaredProperty, PlannedSubject } from "../model/outcome.ts";
import { runSpec, type SpecRun, type SubjectRun } from "../run/run-spec.ts";

export interface SubjectsRun {
  readonly declared: readonly DeclaredProperty[];
  readonly importMs: number;
  readonly subjects: ReadonlyMap<string, SubjectRun>;
}

/**
 * Runs the spec on many of our own subjects in one worker. One that hangs is stopped, and those
 * behind it go on in a fresh worker.
 */
export async function runSubjects(
  kata: Kata,
  subjects: readonly PlannedSubject[],
  seed: number,
  { signal, onSubject }: { signal?: AbortSignal; onSubject?: (name: string) => void } = {},
): Promise<SubjectsRun> {
  const results = new Map<string, SubjectRun>();
  const exports = valueExports(readFileSync(kata.paths.stub, "utf8"));
  let declared: readonly DeclaredProperty[] = [];
  let importMs = Infinity;
  let waiting = [...subjects];
  while (waiting.length > 0 && signal?.aborted !== true) {
    const plan = { slug: kata.slug, subjects: waiting, exports, seed };
    let current = "";
    const run: SpecRun = await runSpec(kata.paths.spec, plan, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (progress) => {
        if (progress.kind !== "started" || progress.subject === current) return;
        current = progress.subject;
        onSubject?.(current);
      },
    });
    ({ declared } = run);
    importMs = Math.min(importMs, run.importMs);
    for (const [name, subject] of run.subjects) {
      if (subject.end.kind !== "not-reached") results.set(name, subject);
    }
    const left = waiting.filter(({ name }) => !results.has(name));
    // A worker that died before it reached anyone would die again: report, do not repeat.
    if (left.length === waiting.length) break;
    waiting = left;
  }
  return { declared, importMs, subjects: results };
}
