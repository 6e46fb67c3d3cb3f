interface Waiting {
  readonly label: string;
  readonly go: () => void;
}

/**
 * Decides which of several asynchronous actions goes on next. Whoever awaits a point waits there
 * until it is picked; between two picks the microtask queue is emptied, so the number of awaits in
 * the code under test does not matter. The picks are numbers, so that they can be generated,
 * shrunk and written down: the n-th pick, modulo the number of those who wait, counts from the one
 * that has waited longest, and without a number the longest goes on.
 */
export class Interleaving {
  readonly #picks: readonly number[];
  readonly #drain: () => Promise<void>;
  readonly #waiting: Waiting[] = [];
  readonly #story: string[] = [];

  /**
   * @param picks integers >= 0
   * @param drain empties the microtask queue
   * @throws RangeError for a pick that is not an integer >= 0
   */
  constructor(picks: readonly number[], drain: () => Promise<void>) {
    const bad = picks.find((pick) => !Number.isSafeInteger(pick) || pick < 0);
    if (bad !== undefined) throw new RangeError(`a pick must be an integer >= 0, got ${bad}`);
    this.#picks = picks;
    this.#drain = drain;
  }

  /** What has gone on, in order. */
  get story(): readonly string[] {
    return this.#story;
  }

  /** The labels of those who wait, the longest first. */
  get waiting(): readonly string[] {
    return this.#waiting.map(({ label }) => label);
  }

  /** A scheduling point: settles when it is picked. */
  point(label: string): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ label, go });
    });
  }

  /** Picks until nobody waits; throws after `maxPicks`, so that a busy loop ends. */
  async run(maxPicks = 10_000): Promise<void> {
    await this.#drain();
    while (this.#waiting.length > 0) {
      const picked = this.#story.length;
      if (picked >= maxPicks) {
        throw new Error(`still busy after ${maxPicks} picks: ${this.waiting.join(", ")}`);
      }
      const place = (this.#picks[picked] ?? 0) % this.#waiting.length;
      const [next] = this.#waiting.splice(place, 1) as [Waiting];
      this.#story.push(next.label);
      next.go();
      await this.#drain();
    }
  }
}
