/**
 * The two functions that an instrumented subject calls at each place that has mutants, and what
 * they count. The names are the instrumenter's.
 */
export class MutantSwitch {
  /** Whether the limit on hits was passed since the mutant was activated. */
  isExceeded = false;
  #active: string | undefined;
  #hits = 0;
  #hitLimit = Infinity;
  #counts: Map<string, number> | undefined;

  install(): void {
    Object.assign(globalThis, {
      stryMutAct_9fa48: (mutant: string): boolean => this.#isActive(mutant),
      stryCov_9fa48: (...mutants: string[]): void => this.#cover(mutants),
    });
  }

  /** Counts how often each mutant's place is reached, until `stopCounting`. */
  startCounting(): void {
    this.#counts = new Map();
  }

  stopCounting(): Record<string, number> {
    const counts = Object.fromEntries(this.#counts ?? []);
    this.#counts = undefined;
    return counts;
  }

  /** From here on the subject is this mutant; past `hitLimit` visits to its place it throws. */
  activate(mutant: string, hitLimit: number): void {
    this.#active = mutant;
    this.#hitLimit = hitLimit;
    this.#hits = 0;
    this.isExceeded = false;
  }

  /** The subject is itself again. */
  deactivate(): void {
    this.#active = undefined;
  }

  #isActive(mutant: string): boolean {
    if (mutant !== this.#active) return false;
    this.#hits += 1;
    if (this.#hits <= this.#hitLimit) return true;
    this.isExceeded = true;
    throw new Error(`the mutant is reached more than ${this.#hitLimit} times`);
  }

  #cover(mutants: readonly string[]): void {
    const counts = this.#counts;
    if (counts === undefined) return;
    for (const mutant of mutants) counts.set(mutant, (counts.get(mutant) ?? 0) + 1);
  }
}
