import type { SpecPlan } from "../model/outcome.ts";
import type { ContainedProcess, ProcessEnd } from "./contained-process.ts";
import { LIMITS } from "./limits.ts";
import { SpecHost } from "./spec-host.ts";
import { SpareWorker, type WarmSpec } from "./warm-spec.ts";

export interface ContainSpecOptions {
  readonly signal?: AbortSignal;
  /** Files that are served with another text. */
  readonly replaced?: ReadonlyMap<string, string>;
  /** Keeps what the next run of the same spec can use. */
  readonly warm?: WarmSpec;
  /** Called for each record, which moves the worker's deadline. */
  readonly onRecord: (json: unknown, worker: ContainedProcess) => void;
  /** Whether all that was planned has been told. */
  readonly isFinished: () => boolean;
}

/** How a spec's process ended. */
export interface SpecEnd extends ProcessEnd {
  /** What kept the spec from being loaded. */
  readonly problem: string | undefined;
}

/** Runs a spec in one contained process, however that ends. */
export async function containSpec(
  specFile: string,
  plan: SpecPlan,
  { signal, replaced, warm, onRecord, isFinished }: ContainSpecOptions,
): Promise<SpecEnd> {
  const spare = warm?.takeWorker() ?? new SpareWorker();
  const worker = spare.begin(plan, (json) => onRecord(json, worker));
  const abort = (): void => worker.kill("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort();
  worker.deadline(LIMITS.bootMs);
  const subjectFiles = plan.subjects.map(({ file }) => file);
  let host: SpecHost | undefined;
  let problem: string | undefined;
  try {
    host = await (warm?.hostFor(specFile, subjectFiles) ??
      SpecHost.open(specFile, subjectFiles, replaced));
    problem = await host.run(worker);
  } finally {
    signal?.removeEventListener("abort", abort);
    if (!isFinished()) await settle(worker);
    worker.kill("exited");
    if (warm === undefined) await host?.close();
    else warm.prepareWorker();
  }
  return { ...(await worker.ended), problem };
}

/** Lets a worker that is about to end do so, so that its own way out is what counts. */
async function settle(worker: ContainedProcess): Promise<void> {
  await Promise.race([worker.ended, new Promise((resolve) => setTimeout(resolve, 100))]);
}
