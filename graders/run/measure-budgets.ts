import { realpathSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { say } from "../model/say.ts";
import { BUILT, kataFolders } from "../catalog/paths.ts";
import { KataError } from "../model/kata-error.ts";
import type { Kata, KataPaths } from "../model/kata.ts";
import { BenchRecord, type BenchPlan, type DeclaredBudget } from "../model/outcome.ts";
import { bundle } from "./bundle.ts";
import { ContainedProcess, type ProcessEnd } from "./contained-process.ts";

/** Implementations that warm a workload's code before it counts: from four on it stays generic. */
const WARMERS = 4;
/** Patience with a silent worker: while it loads, and while it prepares and measures a workload. */
const LOAD_MS = 30_000;
const WORKLOAD_MS = 20_000;
const HEAP_MB = 1_024;
const OUTPUT_BYTES = 1024 * 1024;

export type Measurement = Extract<BenchRecord, { t: "measured" | "grown" | "counted" | "weighed" }>;

/** What one bench process found, however it ended. */
export interface BudgetMeasurement {
  readonly declared: readonly DeclaredBudget[];
  readonly measured: ReadonlyMap<string, Measurement>;
  /** Why a budget has no measurement, by its id. */
  readonly failed: ReadonlyMap<string, string>;
  /** Why the whole run failed, when it did not come to its end. */
  readonly broken?: string;
  readonly process: ProcessEnd;
}

export type BudgetProgress =
  | { readonly kind: "started"; readonly budget: DeclaredBudget }
  | { readonly kind: "measured"; readonly measurement: Measurement };

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  /** Plants a cost over every limit on the attempt's side. */
  readonly planted?: boolean;
  /** The ids of the budgets to measure; all of them when left out. */
  readonly only?: readonly string[];
  readonly onProgress?: (progress: BudgetProgress) => void;
}

/**
 * Measures budgets of a kata's bench on the attempt and the reference, side by side in one fresh
 * process: time and growth in one that never collects by force, memory in one that can. The
 * reference is readable there, so it is for attempts that are accepted already.
 * @throws KataError `content-broken` or `attempt-unreadable` when the bundler refuses a file.
 */
export async function measureBudgets(
  kata: Kata,
  attemptFile: string,
  measures: BenchPlan["measures"],
  options: MeasureOptions = {},
): Promise<BudgetMeasurement> {
  const dir = await mkdtemp(join(tmpdir(), "kata-bench-"));
  try {
    const plan = await makePlan(kata, attemptFile, measures, dir);
    const { planted = false, only } = options;
    const chosen = only === undefined ? {} : { only };
    return await runWorker({ ...plan, planted, ...chosen }, options);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function makePlan(
  kata: Kata,
  attemptFile: string,
  measures: BenchPlan["measures"],
  dir: string,
): Promise<BenchPlan> {
  const { slug, reference, alternatives, paths } = kata;
  // Memory is weighed, not timed: there is nothing to warm.
  const warmers = measures === "memory" ? [] : alternatives.map(({ file }) => file);
  while (measures === "time" && warmers.length < WARMERS) warmers.push(reference.file);
  const own = [
    { name: "bench", file: paths.bench },
    { name: "reference", file: reference.file },
    ...warmers.map((file, i) => ({ name: `warmer-${i}` as const, file })),
  ] as const;
  const bundled = await bundle(own, kataFolders(paths), dir).catch((error: unknown) => {
    throw new KataError("content-broken", { slug, why: say`its bench cannot be bundled` }, error);
  });
  const { attempt } = await bundle(
    [{ name: "attempt", file: attemptFile }],
    attemptFolders(paths, attemptFile),
    dir,
  ).catch((error: unknown) => {
    const why = say`it cannot be bundled`;
    throw new KataError("attempt-unreadable", { slug, file: attemptFile, why }, error);
  });
  const { bench, reference: referenceFile, ...rest } = bundled;
  return { slug, measures, bench, attempt, reference: referenceFile, warmers: Object.values(rest) };
}

/** An attempt is made of its own folder; a solution, of all that a kata may be made of. */
function attemptFolders(paths: KataPaths, attemptFile: string): string[] {
  const folder = dirname(realpathSync(attemptFile));
  const solutions = realpathSync(paths.solutionDir);
  return `${folder}${sep}`.startsWith(`${solutions}${sep}`) ? kataFolders(paths) : [folder];
}

async function runWorker(plan: BenchPlan, options: MeasureOptions): Promise<BudgetMeasurement> {
  const { signal, onProgress } = options;
  const log = new BenchLog(onProgress);
  const worker = new ContainedProcess({
    args: [...(plan.measures === "memory" ? ["--expose-gc"] : []), BUILT.benchWorker],
    plan,
    heapMb: HEAP_MB,
    readable: { paths: [dirname(plan.bench)] },
    outputBytes: OUTPUT_BYTES,
    ipc: false,
    onRecord: (json) => {
      log.add(BenchRecord.parse(json));
      worker.deadline(log.running === undefined ? LOAD_MS : WORKLOAD_MS);
    },
  });
  const abort = (): void => worker.kill("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort();
  worker.deadline(LOAD_MS);
  const end = await worker.ended;
  signal?.removeEventListener("abort", abort);
  return log.conclude(end);
}

/** Reads the records in order and knows at each moment what is running. */
class BenchLog {
  running: string | undefined;
  #ended = false;
  #broken: string | undefined;
  #declared: readonly DeclaredBudget[] = [];
  readonly #measured = new Map<string, Measurement>();
  readonly #failed = new Map<string, string>();
  readonly #onProgress: ((progress: BudgetProgress) => void) | undefined;

  constructor(onProgress: ((progress: BudgetProgress) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  add(record: BenchRecord): void {
    switch (record.t) {
      case "declared":
        this.#declared = record.budgets;
        break;
      case "started": {
        this.running = record.id;
        const budget = this.#declared.find(({ id }) => id === record.id);
        if (budget) this.#onProgress?.({ kind: "started", budget });
        break;
      }
      case "measured":
      case "grown":
      case "counted":
      case "weighed":
        this.running = undefined;
        this.#measured.set(record.id, record);
        this.#onProgress?.({ kind: "measured", measurement: record });
        break;
      case "bench-failed":
        this.running = undefined;
        if (record.id === undefined) this.#broken = record.message;
        else this.#failed.set(record.id, record.message);
        break;
      case "end":
        this.#ended = true;
        break;
    }
  }

  /** What was running when the process went is what ended it. */
  conclude(process: ProcessEnd): BudgetMeasurement {
    const { running } = this;
    const found = {
      declared: this.#declared,
      measured: this.#measured,
      failed: this.#failed,
      process,
    };
    if (this.#ended) return found;
    const why = this.#broken ?? describeEnd(process);
    if (running !== undefined) this.#failed.set(running, why);
    return { ...found, broken: why };
  }
}

function describeEnd({ reason, code, signal }: ProcessEnd): string {
  switch (reason) {
    case "exited":
      return say`the process ended early with ${signal ?? say`code ${code}`}`;
    case "timed-out":
      return say`there was no result within ${WORKLOAD_MS / 1000} s`;
    case "memory-limit":
      return say`it needs more than ${HEAP_MB} MB`;
    case "output-limit":
      return say`it prints too much`;
    case "aborted":
      return say`it was stopped`;
  }
}
