import { say, sayCount } from "../model/say.ts";
import type { StoppedAt } from "../judge/judge-properties.ts";
import type { Judgement, Stop } from "../judge/verdict.ts";
import type { Denial } from "../model/denial.ts";
import { KataError } from "../model/kata-error.ts";
import type { SpecPlan } from "../model/outcome.ts";
import type { SpecRun, SubjectEnd, SubjectRun } from "../run/run-spec.ts";
import type { TypeCheck } from "../run/typecheck.ts";

/** Name of the second look, at a seed nobody could prepare for. */
export const FRESH = "attempt at a fresh seed";

/** The look at the common seed and the one at the fresh seed. */
export function looksOf({ subjects }: SpecRun): SubjectRun[] {
  return ["attempt", FRESH].flatMap((name) => subjects.get(name) ?? []);
}

export function freshSeedOf({ subjects }: SpecPlan): { freshSeed?: number } {
  const seed = subjects.find(({ name }) => name === FRESH)?.seed;
  return seed === undefined ? {} : { freshSeed: seed };
}

/** What the attempt changed that all code shares, and that judges it. */
function changedBuiltIn(run: SpecRun): string | undefined {
  return looksOf(run).flatMap(({ tampered }) => tampered)[0];
}

/** Where a run ended that did not come to its end. */
function stoppedEnd(run: SpecRun): SubjectEnd | undefined {
  return looksOf(run).find(({ end }) => end.kind === "stopped")?.end;
}

/** `call`: the handler of a simulated node in which the run ended, if that is known. */
export function stoppedAt(run: SpecRun, call?: string): StoppedAt | undefined {
  const { process } = run;
  const end = stoppedEnd(run);
  if (end?.kind !== "stopped" || end.property === undefined) return undefined;
  const { property } = end;
  const changed = changedBuiltIn(run);
  if (changed !== undefined) {
    return { property, outcome: "errored", why: say`a run that changed ${changed}` };
  }
  const what = call === undefined ? say`a run that` : say`${call}, which`;
  switch (process.reason) {
    case "timed-out":
      return { property, outcome: "timed-out", why: say`${what} did not come back in time` };
    case "memory-limit":
      return { property, outcome: "errored", why: say`${what} used up the memory` };
    case "output-limit":
      return { property, outcome: "errored", why: say`${what} printed without end` };
    case "exited":
      return { property, outcome: "errored", why: say`${what} ended the process` };
    case "aborted":
      return undefined;
  }
}

/** What makes an attempt ungradable, or undefined. */
export function judgeGradable(
  denials: readonly Denial[],
  types: TypeCheck,
  run: SpecRun,
): Judgement | undefined {
  if (denials.length > 0) {
    const detail = sayCount(
      denials.length,
      "It uses {n} thing that an attempt must not use, so nothing of it was run.",
      "It uses {n} things that an attempt must not use, so nothing of it was run.",
    );
    return { verdict: "ungradable", reason: "static-denied", detail };
  }
  const end = run.subjects.get("attempt")?.end;
  const missing =
    types.missing.length > 0 ? types.missing : end?.kind === "load-failed" ? end.missing : [];
  const syntaxOnly = types.problems.some(({ code }) => /^TS1\d{3}$/.test(code));
  if (missing.length > 0 && !syntaxOnly) {
    const detail = say`It does not export ${missing.join(", ")}.`;
    return { verdict: "ungradable", reason: "missing-export", detail };
  }
  if (types.problems.length === 0) return undefined;
  const detail = sayCount(
    types.problems.length,
    "{n} type error in your attempt.",
    "{n} type errors in your attempt.",
  );
  return { verdict: "ungradable", reason: "does-not-compile", detail };
}

/** What ended the run before every property was judged, or undefined. */
export function judgeStop(run: SpecRun, slug: string): Stop | undefined {
  const what = changedBuiltIn(run);
  if (what !== undefined) {
    const detail = say`Your code changed ${what}, which also judges it. Nothing counts.`;
    // How honest code comes to it: `map[key].field = value`, where every object has such a key.
    const hint = what.startsWith("Object.")
      ? say` Is a plain object your map? Use a Map: a key may be "__proto__" or "constructor".`
      : "";
    return { reason: "tampered", detail: `${detail}${hint}` };
  }
  const end = stoppedEnd(run) ?? run.subjects.get("attempt")?.end ?? { kind: "not-reached" };
  if (end.kind === "complete") return undefined;
  if (end.kind === "load-failed") {
    const where = firstFrame(end.stack);
    return {
      reason: "crashed",
      detail: say`Your module throws while it loads: ${end.message}${where}`,
    };
  }
  const during =
    end.kind === "stopped" && end.property !== undefined
      ? say`in the property ${end.property}`
      : end.kind === "stopped" && end.during === "load"
        ? say`while your module loads`
        : say`between two properties`;
  switch (run.process.reason) {
    case "timed-out":
      return { reason: "timed-out", detail: say`Your code did not come back ${during}.` };
    case "memory-limit":
      return { reason: "memory-limit", detail: say`Your code ran out of memory ${during}.` };
    case "output-limit":
      return { reason: "output-limit", detail: say`Your code printed too much ${during}.` };
    case "exited":
      return { reason: "crashed", detail: say`Your code ended the process ${during}.` };
    case "aborted":
      throw new KataError("interrupted", { slug });
  }
}

function firstFrame(stack: string | undefined): string {
  const frame = stack?.split("\n").find((line) => /^\s+at .*\.ts:\d+/.test(line));
  return frame === undefined ? "" : ` (${frame.trim()})`;
}

/** The run of an attempt that was not run. */
export const NOTHING_RAN: SpecRun = {
  declared: [],
  importMs: 0,
  subjects: new Map(),
  process: { reason: "exited", code: 0, signal: null, output: "" },
};
