import { say } from "../model/say.ts";
import { KataError } from "../model/kata-error.ts";
import {
  SpecRecord,
  type DeclaredProperty,
  type PropertyRecord,
  type SpecPlan,
} from "../model/outcome.ts";
import type { Story } from "../model/story.ts";
import { containSpec } from "./contain-spec.ts";
import type { ProcessEnd } from "./contained-process.ts";
import { LIMITS } from "./limits.ts";
import type { WarmSpec } from "./warm-spec.ts";

const LONGEST_NAME = 80;

/** Where one subject's run ended. */
export type SubjectEnd =
  | { readonly kind: "complete" }
  | {
      readonly kind: "load-failed";
      readonly missing: readonly string[];
      readonly message: string;
      readonly stack?: string;
    }
  | {
      readonly kind: "stopped";
      readonly during: "load" | "property" | "wind-up";
      readonly property?: string;
    }
  | { readonly kind: "not-reached" };

export interface SubjectRun {
  readonly records: PropertyRecord[];
  /** Built-ins that were found changed. */
  readonly tampered: string[];
  /** The handler of a simulated node that ran last, if calls are announced. */
  lastCall?: string;
  /** Calls on the subject in the property that ran last, if they are counted. */
  calls?: number;
  /** The example that was asked for. */
  story?: { readonly story: Story; readonly broken?: string };
  end: SubjectEnd;
}

export interface SpecRun {
  readonly declared: readonly DeclaredProperty[];
  /** What importing the spec itself takes. */
  readonly importMs: number;
  readonly subjects: ReadonlyMap<string, SubjectRun>;
  readonly process: ProcessEnd;
}

export type SpecProgress =
  | { readonly kind: "started"; readonly subject: string; readonly property: DeclaredProperty }
  | { readonly kind: "outcome"; readonly record: PropertyRecord };

/**
 * Runs a spec on its subjects in one contained process and returns what came over the private
 * channel, however the process ended.
 * @throws KataError `content-broken` when the spec itself cannot be defined.
 */
export async function runSpec(
  specFile: string,
  plan: SpecPlan,
  {
    signal,
    warm,
    onProgress,
  }: {
    signal?: AbortSignal;
    warm?: WarmSpec;
    onProgress?: (progress: SpecProgress) => void;
  } = {},
): Promise<SpecRun> {
  const log = new SpecLog(plan, onProgress);
  const end = await containSpec(specFile, plan, {
    ...(signal === undefined ? {} : { signal }),
    ...(warm === undefined ? {} : { warm }),
    isFinished: () => log.finished,
    onRecord: (json, worker) => {
      const { data: record } = SpecRecord.safeParse(json);
      // The harness writes no such thing: its runtime is no longer what it was.
      if (record === undefined) return worker.kill("exited");
      // What judges may be changed too: what was sent after that is not to be believed.
      if (log.isTampered) return;
      log.add(record);
      if (log.isTampered) return worker.kill("exited");
      worker.deadline(log.patienceMs(record));
    },
  });
  if (log.broken !== undefined) {
    throw new KataError("content-broken", {
      slug: plan.slug,
      why: say`its spec fails: ${log.broken}`,
    });
  }
  const wasStopped = end.reason === "aborted";
  if (!log.hasBegun && end.problem !== undefined && !wasStopped) {
    const why =
      end.reason === "timed-out"
        ? say`its spec does not load within ${LIMITS.bootMs / 1_000} s. What does it do when it is imported?`
        : say`its spec cannot be loaded: ${end.problem.split("\n", 1)[0]}`;
    throw new KataError("content-broken", { slug: plan.slug, why });
  }
  if (!log.hasBegun && !wasStopped) {
    const why = say`the spec worker did not begin (${end.reason}, code ${end.code}): ${end.output.trim()}`;
    throw new KataError("grader-broken", { slug: plan.slug, why });
  }
  const { declared, importMs } = log;
  return { declared, importMs, subjects: log.conclude(), process: end };
}

/** Reads the records in order and knows at each moment what is running. */
class SpecLog {
  declared: readonly DeclaredProperty[] = [];
  importMs = 0;
  /** Whether a subject was loaded, and so could have a say in how the process ends. */
  hasBegun = false;
  broken: string | undefined;
  isTampered = false;
  readonly #subjects = new Map<string, SubjectRun>();
  readonly #onProgress: ((progress: SpecProgress) => void) | undefined;
  #running:
    { subject: string; property?: string; during: "load" | "property" | "wind-up" } | undefined;

  constructor(plan: SpecPlan, onProgress: ((progress: SpecProgress) => void) | undefined) {
    this.#onProgress = onProgress;
    for (const { name } of plan.subjects) {
      this.#subjects.set(name, { records: [], tampered: [], end: { kind: "not-reached" } });
    }
  }

  get finished(): boolean {
    return [...this.#subjects.values()].every(({ end }) => end.kind !== "not-reached");
  }

  add(record: SpecRecord): void {
    switch (record.t) {
      case "declared":
        this.declared = record.properties;
        this.importMs = record.importMs;
        break;
      case "loading":
        this.hasBegun = true;
        this.#running = { subject: record.subject, during: "load" };
        break;
      case "loaded":
        this.#running = { subject: record.subject, during: "wind-up" };
        break;
      case "load-failed": {
        const { missing, message, stack } = record;
        const end = { kind: "load-failed", missing, message } as const;
        this.#close(record.subject, stack === undefined ? end : { ...end, stack });
        break;
      }
      case "started": {
        this.#running = { subject: record.subject, property: record.id, during: "property" };
        const property = this.declared.find(({ id }) => id === record.id);
        if (property) this.#onProgress?.({ kind: "started", subject: record.subject, property });
        break;
      }
      case "outcome":
        this.#subjects.get(record.subject)?.records.push(record);
        this.#running = { subject: record.subject, during: "wind-up" };
        this.#onProgress?.({ kind: "outcome", record });
        break;
      case "end":
        if (this.#subjects.get(record.subject)?.end.kind === "not-reached") {
          this.#close(record.subject, { kind: "complete" });
        }
        break;
      case "tampered":
        this.isTampered = true;
        this.#subjects.get(record.subject)?.tampered.push(shortened(record.what));
        break;
      case "shrinking":
        break;
      case "call": {
        const run = this.#subjects.get(record.subject);
        if (run !== undefined) run.lastCall = record.call;
        break;
      }
      case "calls": {
        const run = this.#subjects.get(record.subject);
        if (run !== undefined) run.calls = record.calls;
        break;
      }
      case "example": {
        const { story, broken } = record;
        const told = broken === undefined ? { story } : { story, broken };
        const run = this.#subjects.get(record.subject);
        if (run !== undefined) run.story = told;
        break;
      }
      case "spec-broken":
        this.broken = record.message;
        break;
    }
  }

  /** How long the worker may stay silent after this record. */
  patienceMs(record: SpecRecord): number {
    switch (record.t) {
      case "loading":
        return LIMITS.loadMs;
      case "started": {
        const property = this.declared.find(({ id }) => id === record.id);
        return (property?.limitMs ?? 0) + LIMITS.graceMs;
      }
      case "call":
        return LIMITS.graceMs;
      case "shrinking":
        return LIMITS.shrinkMs + LIMITS.graceMs;
      default:
        return LIMITS.windUpMs;
    }
  }

  /** What was running when the process went is where its subject stopped. */
  conclude(): ReadonlyMap<string, SubjectRun> {
    if (this.#running !== undefined) {
      const { subject, during, property } = this.#running;
      const end = { kind: "stopped", during } as const;
      this.#close(subject, property === undefined ? end : { ...end, property });
    }
    return this.#subjects;
  }

  #close(subject: string, end: SubjectEnd): void {
    const run = this.#subjects.get(subject);
    if (run !== undefined) run.end = end;
    this.#running = undefined;
  }
}

/** The name of a member can be any string, of any length. */
function shortened(what: string): string {
  return what.length > LONGEST_NAME ? `${what.slice(0, LONGEST_NAME)}…` : what;
}
