import { dirname } from "node:path";
import { BUILT } from "../catalog/paths.ts";
import type { SpecPlan } from "../model/outcome.ts";
import { ContainedProcess } from "./contained-process.ts";
import { LIMITS } from "./limits.ts";
import { SpecHost } from "./spec-host.ts";

/** A contained process for a spec: up, and waiting for its plan. */
export class SpareWorker {
  readonly #process: ContainedProcess;
  #onRecord: (json: unknown) => void = () => {};

  constructor() {
    this.#process = new ContainedProcess({
      args: [BUILT.specWorker],
      heapMb: LIMITS.heapMb,
      rssMb: LIMITS.rssMb,
      readable: { paths: [] },
      outputBytes: LIMITS.outputBytes,
      ipc: true,
      onRecord: (json) => this.#onRecord(json),
    });
  }

  get isAlive(): boolean {
    const { exitCode, signalCode } = this.#process.child;
    return exitCode === null && signalCode === null;
  }

  begin(plan: SpecPlan, onRecord: (json: unknown) => void): ContainedProcess {
    this.#onRecord = onRecord;
    this.#process.begin(plan);
    return this.#process;
  }

  end(): void {
    this.#process.kill("exited");
  }
}

/**
 * Keeps what grades of one attempt, one after the other, have in common: the spec as it was
 * transformed, and the next worker, already up. Close it when no grade is to come.
 */
export class WarmSpec {
  #spare: SpareWorker | undefined;
  #served: { readonly files: string; readonly host: Promise<SpecHost> } | undefined;

  /** The worker that was made ready, if one was and it lives. */
  takeWorker(): SpareWorker | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare?.isAlive === true ? spare : undefined;
  }

  /** Starts a worker for the next grade. */
  prepareWorker(): void {
    this.#spare ??= new SpareWorker();
  }

  /** The host of the same spec and subjects as before, or a fresh one. Subjects are read anew. */
  async hostFor(specFile: string, subjectFiles: readonly string[]): Promise<SpecHost> {
    const files = [specFile, ...new Set(subjectFiles)].join("\n");
    const before = await this.#served?.host.catch(() => undefined);
    if (this.#served?.files !== files || before === undefined || before.isSpent) {
      this.#served = { files, host: SpecHost.open(specFile, subjectFiles) };
      await before?.close();
    }
    const host = await this.#served.host;
    for (const folder of new Set(subjectFiles.map((file) => dirname(file)))) {
      host.forgetBelow(folder);
    }
    return host;
  }

  /** Ends the spare worker and the host. */
  async close(): Promise<void> {
    this.takeWorker()?.end();
    const served = this.#served;
    this.#served = undefined;
    await (await served?.host.catch(() => undefined))?.close();
  }
}
