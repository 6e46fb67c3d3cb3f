/** A promise that was rejected, with nobody listening by the time its turn was over. */
export interface UnheardRejection {
  readonly reason: unknown;
}

/**
 * Collects rejections that nobody hears, from now until `stop`. Node tells of one after the
 * microtasks of its turn, so look at `heard` only after a macrotask.
 */
export function watchRejections(): {
  readonly unheard: readonly UnheardRejection[];
  readonly stop: () => void;
} {
  const unheard: UnheardRejection[] = [];
  const note = (reason: unknown): void => void unheard.push({ reason });
  process.on("unhandledRejection", note);
  return { unheard, stop: () => process.off("unhandledRejection", note) };
}
