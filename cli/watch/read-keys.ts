import type { KeyAction } from "./run-key.ts";

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";

/**
 * Hands each key over, one at a time, until one of them ends the watch. Settles with the kata to go
 * on with, or undefined to end. Without keys it waits for a signal.
 */
export async function readKeys(
  hasKeys: boolean,
  onKey: (key: string) => Promise<KeyAction>,
): Promise<string | undefined> {
  const { stdin } = process;
  return await new Promise((resolve, reject) => {
    let turn: Promise<void> = Promise.resolve();
    const end = (next: string | undefined): void => {
      for (const name of SIGNALS) process.removeListener(name, stop);
      stdin.removeListener("data", onData);
      if (hasKeys) {
        stdin.setRawMode(false);
        stdin.pause();
      }
      resolve(next);
    };
    const stop = (): void => end(undefined);
    const onData = (data: Buffer): void => {
      for (const key of data.toString("utf8")) {
        if (key === CTRL_C || key === CTRL_D) return end(undefined);
        turn = turn.then(async () => {
          const action = await onKey(key.toLowerCase());
          if (action.kind === "quit") end(undefined);
          if (action.kind === "switch") end(action.slug);
        }, reject);
      }
      turn.catch(reject);
    };
    for (const name of SIGNALS) process.once(name, stop);
    if (!hasKeys) return;
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on("data", onData);
  });
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
