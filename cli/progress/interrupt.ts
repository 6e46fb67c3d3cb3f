/**
 * Runs a task that Ctrl-C, a hang-up or a TERM stops in order: the signal reaches the task, which
 * ends what it started. A second Ctrl-C ends the program at once.
 */
export async function untilInterrupted<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.once(name, stop);
  try {
    return await task(controller.signal);
  } finally {
    for (const name of signals) process.removeListener(name, stop);
  }
}
