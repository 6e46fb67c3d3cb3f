/** One thing at a time, in the order of asking. */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** Specs and benches run beside each other: a bench compares both sides within one process. */
export interface Lanes {
  readonly specs: Lane;
  readonly benches: Lane;
}

export function createLanes(): Lanes {
  return { specs: new Lane(), benches: new Lane() };
}
