import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InlineConfig, Plugin } from "vite";
import type { Vitest } from "vitest/node";
import { BUILT, PACKAGE_ROOT, rootOfSpec } from "../catalog/paths.ts";
import type { ContainedProcess } from "./contained-process.ts";
import { moduleFence } from "./module-fence.ts";
import { poolWorker } from "./pool-worker.ts";
import { replacedSource } from "./replaced-source.ts";

const SIGNALS: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Serves the modules of one spec and its subjects to contained processes that run them. It can serve
 * several processes, one after the other: what did not change is read and transformed only once.
 */
export class SpecHost {
  readonly #vitest: Vitest;
  readonly #specFile: string;
  readonly #cacheDir: string;
  readonly #turn: Turn;
  #isSpent = false;

  private constructor(vitest: Vitest, specFile: string, cacheDir: string, turn: Turn) {
    this.#vitest = vitest;
    this.#specFile = specFile;
    this.#cacheDir = cacheDir;
    this.#turn = turn;
  }

  /** Files in `replaced` are served with another text. */
  static async open(
    specFile: string,
    subjectFiles: readonly string[],
    replaced: ReadonlyMap<string, string> = new Map(),
  ): Promise<SpecHost> {
    const cacheDir = mkdtempSync(join(tmpdir(), "kata-vite-"));
    const turn: Turn = {};
    try {
      // Loaded late: the worker boots while vitest is read.
      const { createVitest } = await import("vitest/node");
      const forget = rememberListeners();
      const vitest = await createVitest(
        "test",
        {
          config: false,
          root: PACKAGE_ROOT,
          watch: false,
          include: [specFile],
          reporters: [{}],
          pool: { name: "kata", createPoolWorker: () => poolWorker(workerOf(turn)) },
          maxWorkers: 1,
          css: false,
          api: false,
          cache: false,
          dangerouslyIgnoreUnhandledErrors: true,
          disableConsoleIntercept: true,
          // A worker looks whether there are snapshots, and may look only where it may read.
          resolveSnapshotPath: () => `${BUILT.specWorker}.snap`,
          server: { deps: { inline: [PACKAGE_ROOT, rootOfSpec(specFile)].map(ownModules) } },
        },
        viteConfig(cacheDir, [moduleFence(specFile, subjectFiles), replacedSource(replaced)]),
      );
      forget();
      return new SpecHost(vitest, specFile, cacheDir, turn);
    } catch (error) {
      rmSync(cacheDir, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Whether a process went before vitest was done with it. vitest may then wait for it for ever, and
   * every later run would wait behind it.
   */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /**
   * Runs the spec in a process that is up already. Settles when vitest is done or the process is
   * gone, whichever comes first, with what kept the spec from being loaded, if anything did.
   */
  async run(worker: ContainedProcess): Promise<string | undefined> {
    const vitest = this.#vitest;
    this.#turn.worker = worker;
    const known = vitest.state.getUnhandledErrors().length;
    const specification = vitest.getRootProject().createSpecification(this.#specFile);
    const done = vitest.runTestSpecifications([specification], true).then(
      () => true,
      () => false,
    );
    const isDone = await Promise.race([done, worker.ended.then(() => false)]);
    if (!isDone) this.#isSpent = true;
    const [problem] = [
      ...vitest.state.getFiles().flatMap(({ result }) => result?.errors ?? []),
      ...(vitest.state.getUnhandledErrors().slice(known) as { message?: string }[]),
    ];
    if (problem !== undefined) this.#isSpent = true;
    return problem?.message;
  }

  /** Reads the files below a folder anew when they are asked for again. */
  forgetBelow(folder: string): void {
    const { vite } = this.#vitest.getRootProject();
    for (const { moduleGraph } of Object.values(vite.environments)) {
      for (const [file, modules] of moduleGraph.fileToModulesMap) {
        if (!file.startsWith(`${folder.replaceAll("\\", "/")}/`)) continue;
        for (const module of modules) moduleGraph.invalidateModule(module);
      }
    }
  }

  async close(): Promise<void> {
    // A worker killed in the middle leaves vitest waiting for it: do not wait along.
    await Promise.race([this.#vitest.close().catch(() => undefined), pause(200)]);
    rmSync(this.#cacheDir, { recursive: true, force: true });
  }
}

/** The process whose turn it is. */
interface Turn {
  worker?: ContainedProcess;
}

function workerOf({ worker }: Turn): ContainedProcess {
  if (worker === undefined) throw new Error("no process runs the spec");
  return worker;
}

function viteConfig(cacheDir: string, plugins: Plugin[]): InlineConfig {
  return {
    plugins,
    configFile: false,
    logLevel: "silent",
    cacheDir,
    resolve: {
      alias: [
        { find: "kata/kit", replacement: BUILT.kit },
        { find: "kata/harness/async", replacement: BUILT.async },
        { find: "kata/harness/check", replacement: BUILT.check },
        { find: "kata/harness", replacement: BUILT.harness },
      ],
    },
    server: { watch: null, hmr: false, ws: false, middlewareMode: true },
  };
}

/**
 * vitest ends the process by itself on a signal. Here the caller decides, so that a grade is ended
 * in order: the returned function removes the listeners added since.
 */
function rememberListeners(): () => void {
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
  return () => {
    for (const [signal, listeners] of before) {
      for (const added of process.listeners(signal)) {
        if (!listeners.includes(added)) process.removeListener(signal, added);
      }
    }
  };
}

/** Modules of a collection pass through vite, also below node_modules; what they depend on does not. */
function ownModules(collection: string): RegExp {
  const root = collection.replaceAll("\\", "/").replace(/[.*+?^${}()|[\]]/g, "\\$&");
  return new RegExp(`^${root}/(dist|spec|katas|solutions)/`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
