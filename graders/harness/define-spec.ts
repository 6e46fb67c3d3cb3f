import { describe, test } from "vitest";
import { installAmbientGuard, withGuard } from "./ambient-guard.ts";
import { CallCounter } from "./call-counter.ts";
import { Check, type Runner } from "./check.ts";
import { watchHandlers } from "../kit/sim/node-runtime.ts";
import { runProperty } from "./run-property.ts";
import type { MutationPlan } from "../model/mutation.ts";
import type { SpecPlan } from "../model/outcome.ts";
import { watchIntrinsics } from "./intrinsics.ts";
import { captureConsole, emit, openChannel } from "./sink.ts";
import { watchSubject } from "./watch-subject.ts";

const { cpuUsage } = process;
/** Of this process alone: what a busy machine adds does not count. */
const harnessReady = cpuUsage();

/**
 * Defines the spec of a kata: a function of its subject, so the same file judges the attempt, the
 * reference, the stub, the wrong answers and the alternatives.
 *
 * `define` runs once without a subject, to announce the properties, and once for each subject: use
 * the subject inside the properties only.
 *
 * @example
 * defineSpec<typeof Stub>("bloom-filter", ({ BloomFilter }, check) => {
 *   check.property("no-false-negatives", { rule: 1, points: 25 }, fc.array(keys()), (added) => {
 *     // build a filter, compare with equal()
 *   });
 * });
 */
export function defineSpec<Stub extends object>(
  slug: string,
  define: (subject: Stub, check: Check) => void,
): void {
  const plan = openChannel();
  const declared = announce(slug, define, plan);
  captureConsole();
  installAmbientGuard();
  if (plan.mutation !== undefined) return defineMutation(define, plan, plan.mutation);
  const changedIntrinsic = watchIntrinsics();
  let allHeld = true;
  for (const subject of plan.subjects) {
    const { name, file, seed, only, afterSuccess = false } = subject;
    describe(name, () => {
      let runners: ReadonlyMap<string, Runner> | undefined;
      const counter = new CallCounter();
      test("loads", { timeout: 0 }, async () => {
        if (afterSuccess && !allHeld) return;
        allHeld = true;
        emit({ t: "loading", subject: name });
        const loaded = await loadSubject<Stub>(name, file, plan.exports);
        const seen = plan.countsCalls === true ? watchSubject(loaded, counter) : loaded;
        const check = collect(define, seen);
        if (plan.announcesCalls === true) {
          watchHandlers((call) => emit({ t: "call", subject: name, call }));
        }
        runners = new Map(check.runners.map((runner) => [runner.declared.id, runner]));
        emit({ t: "loaded", subject: name });
        if (plan.tracesExample !== true || check.tellExample === undefined) return;
        emit({ t: "example", subject: name, ...withGuard(check.tellExample) });
      });
      for (const { id } of plan.tracesExample === true ? [] : declared) {
        test(id, { timeout: 0 }, async (context) => {
          const runner = runners?.get(id);
          if (runner === undefined) return context.skip("the subject was not loaded");
          if (seed !== undefined && runner.judge.kind === "table") return undefined;
          if (only?.includes(id) === false) return undefined;
          emit({ t: "started", subject: name, id });
          const seeded = { ...plan, seed: seed ?? plan.seed };
          const before = counter.total;
          const record = await runProperty(subject, runner, seeded);
          if (plan.countsCalls === true) {
            emit({ t: "calls", subject: name, calls: counter.total - before });
          }
          const what = changedIntrinsic();
          if (what !== undefined) emit({ t: "tampered", subject: name, what });
          emit(record);
          if (record.outcome !== "held") allHeld = false;
          if (record.outcome === "held") return undefined;
          // For plain `vitest run`, where the channel is closed.
          throw new Error(`${record.outcome}: ${JSON.stringify(record.failure, null, 2)}`);
        });
      }
      test("ends", { timeout: 0 }, () => emit({ t: "end", subject: name }));
    });
  }
}

/** In place of judging subjects: which mutants of the first one do the properties notice? */
function defineMutation<Stub extends object>(
  define: (subject: Stub, check: Check) => void,
  plan: SpecPlan,
  mutation: MutationPlan,
): void {
  const [{ name, file } = { name: "", file: "" }] = plan.subjects;
  test("mutants", { timeout: 0 }, async () => {
    // Loaded late: a grade has no use for it.
    const { tryMutants } = await import("./try-mutants.ts");
    await tryMutants(mutation, plan, async (mutant) => {
      const version = mutant === undefined ? file : `${file}?mutant=${mutant}`;
      return collect(define, await loadSubject<Stub>(name, version, plan.exports)).runners;
    });
  });
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = cpuUsage(start);
  return (user + system) / 1_000;
}

function announce<Stub extends object>(
  slug: string,
  define: (subject: Stub, check: Check) => void,
  plan: SpecPlan,
): { id: string }[] {
  try {
    const { runners } = collect(define, noSubjectYet<Stub>());
    const properties = runners.map((runner) => runner.declared);
    emit({ t: "declared", slug, properties, importMs: cpuMsSince(harnessReady) });
    return properties.filter(({ id }) => plan.only === undefined || id === plan.only);
  } catch (error) {
    emit({ t: "spec-broken", message: String(error) });
    throw error;
  }
}

function collect<Stub extends object>(
  define: (subject: Stub, check: Check) => void,
  subject: Stub,
): Check {
  const check = new Check();
  define(subject, check);
  return check;
}

/** Stands for the subject while properties are announced: its exports can be named, not used. */
function noSubjectYet<Stub extends object>(): Stub {
  const refuse = (): never => {
    throw new Error("use the subject inside a property: there is none while a spec is defined");
  };
  const unusable: object = new Proxy(function placeholder() {}, {
    apply: refuse,
    construct: refuse,
    get: refuse,
  });
  return new Proxy({}, { get: () => unusable }) as Stub;
}

async function loadSubject<Stub extends object>(
  name: string,
  file: string,
  exports: readonly string[],
): Promise<Stub> {
  try {
    const module = (await import(/* @vite-ignore */ file)) as Stub;
    const missing = exports.filter((key) => !(key in module));
    if (missing.length === 0) return module;
    const message = `it does not export ${missing.join(", ")}`;
    emit({ t: "load-failed", subject: name, missing, message });
    throw new Error(message);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("it does not export")) throw error;
    const stack = error instanceof Error ? error.stack : undefined;
    const at = stack === undefined ? {} : { stack };
    emit({ t: "load-failed", subject: name, missing: [], message: String(error), ...at });
    throw error;
  }
}
