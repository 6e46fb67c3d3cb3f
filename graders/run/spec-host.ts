import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InlineConfig, Plugin } from "vite";
import type { PoolWorker } from "vitest/node";
import { BUILT, PACKAGE_ROOT } from "../catalog/paths.ts";
import type { ContainedProcess } from "./contained-process.ts";
import { moduleFence } from "./module-fence.ts";

const SIGNALS: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs one spec file in a contained process that is up already: this process serves the modules,
 * that one runs them. Settles when vitest is done or the worker is gone, whichever comes first.
 */
export async function hostSpec(
  specFile: string,
  subjectFiles: readonly string[],
  worker: ContainedProcess,
): Promise<void> {
  const cacheDir = mkdtempSync(join(tmpdir(), "kata-vite-"));
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
        pool: { name: "kata", createPoolWorker: () => poolWorker(worker) },
        maxWorkers: 1,
        css: false,
        api: false,
        cache: false,
        dangerouslyIgnoreUnhandledErrors: true,
        disableConsoleIntercept: true,
        // A worker looks whether there are snapshots, and may look only where it may read.
        resolveSnapshotPath: () => `${BUILT.specWorker}.snap`,
        server: { deps: { inline: [ownModules()] } },
      },
      viteConfig(cacheDir, moduleFence(specFile, subjectFiles)),
    );
    forget();
    const specification = vitest.getRootProject().createSpecification(specFile);
    await Promise.race([
      vitest.runTestSpecifications([specification], true).catch(() => undefined),
      worker.ended,
    ]);
    // A worker killed in the middle leaves vitest waiting for it: do not wait along.
    await Promise.race([vitest.close().catch(() => undefined), pause(200)]);
  } finally {
    rmSync(cacheDir, { recursive: true, force: true });
  }
}

function viteConfig(cacheDir: string, fence: Plugin): InlineConfig {
  return {
    plugins: [fence],
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

/** Our modules pass through vite, also below node_modules; what they depend on does not. */
function ownModules(): RegExp {
  const root = PACKAGE_ROOT.replaceAll("\\", "/").replace(/[.*+?^${}()|[\]]/g, "\\$&");
  return new RegExp(`^${root}/(dist|spec|katas|solutions)/`);
}

/** vitest's pool interface (experimental in 4.1, so vitest is pinned) over a contained process. */
function poolWorker(worker: ContainedProcess): PoolWorker {
  const { child } = worker;
  return {
    name: "kata",
    cacheFs: false,
    on: (event, callback) => child.on(event, callback),
    off: (event, callback) => child.off(event, callback),
    send: (message) => {
      if (child.connected) child.send(message);
    },
    deserialize: (data) => data,
    start: () =>
      child.exitCode === null && child.signalCode === null
        ? Promise.resolve()
        : Promise.reject(new Error("the worker is gone")),
    stop: async () => {
      worker.kill("exited");
      await worker.ended;
    },
    canReuse: () => false,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
