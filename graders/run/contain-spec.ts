import { BUILT } from "../catalog/paths.ts";
import type { SpecPlan } from "../model/outcome.ts";
import { ContainedProcess, type ProcessEnd } from "./contained-process.ts";
import { LIMITS } from "./limits.ts";
import { hostSpec } from "./spec-host.ts";

export interface ContainSpecOptions {
  readonly signal?: AbortSignal;
  /** Files that are served with another text. */
  readonly replaced?: ReadonlyMap<string, string>;
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
  { signal, replaced, onRecord, isFinished }: ContainSpecOptions,
): Promise<SpecEnd> {
  const worker = new ContainedProcess({
    args: [BUILT.specWorker],
    plan,
    heapMb: LIMITS.heapMb,
    rssMb: LIMITS.rssMb,
    readable: { paths: [] },
    outputBytes: LIMITS.outputBytes,
    ipc: true,
    onRecord: (json) => onRecord(json, worker),
  });
  const abort = (): void => worker.kill("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort();
  worker.deadline(LIMITS.bootMs);
  const subjectFiles = plan.subjects.map(({ file }) => file);
  let problem: string | undefined;
  try {
    problem = await hostSpec(specFile, subjectFiles, worker, replaced);
  } finally {
    signal?.removeEventListener("abort", abort);
    if (!isFinished()) await settle(worker);
    worker.kill("exited");
  }
  return { ...(await worker.ended), problem };
}

/** Lets a worker that is about to end do so, so that its own way out is what counts. */
async function settle(worker: ContainedProcess): Promise<void> {
  await Promise.race([worker.ended, new Promise((resolve) => setTimeout(resolve, 100))]);
}
