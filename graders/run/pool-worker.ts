import type { PoolWorker } from "vitest/node";
import type { ContainedProcess } from "./contained-process.ts";

/** What of a contained process a pool needs. */
export type Contained = Pick<ContainedProcess, "child" | "ended" | "kill">;

/** vitest's pool interface (experimental in 4.1, so vitest is pinned) over a contained process. */
export function poolWorker(worker: Contained): PoolWorker {
  const { child } = worker;
  const wrappers = new Map<Listener, Listener>();
  const heard = (callback: Listener): Listener => {
    const known = wrappers.get(callback);
    if (known !== undefined) return known;
    const wrapper: Listener = (message) => {
      if (!isRefused(message)) callback(message);
    };
    wrappers.set(callback, wrapper);
    return wrapper;
  };
  return {
    name: "kata",
    cacheFs: false,
    // vitest throws what comes after the first word of an end, as nobody listens any more. So it
    // hears one word only: that the process is gone.
    on: (event, callback) => {
      if (event === "message") child.on(event, heard(callback));
      else if (event === "exit") child.once(event, callback);
    },
    off: (event, callback) => child.off(event, event === "message" ? heard(callback) : callback),
    send: (message) => {
      // It is killed, not asked: there is nothing in it that has to be put in order.
      if (isStop(message)) for (const wrapper of wrappers.values()) wrapper(STOPPED);
      // A process that just went cannot be written to: that it is gone is told by its exit.
      else if (child.connected) child.send(message, () => {});
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

type Listener = (message: unknown) => void;

const STOPPED = { type: "stopped", __vitest_worker_response__: true };

function isStop(message: unknown): boolean {
  return (message as { type?: unknown } | null)?.type === "stop";
}

/**
 * What a worker may not ask of this process: vitest keeps what is attached to a test by copying the
 * file that it names, any file, and here the worker's walls are not.
 */
function isRefused(message: unknown): boolean {
  return (message as { m?: unknown } | null)?.m === "onTaskArtifactRecord";
}
