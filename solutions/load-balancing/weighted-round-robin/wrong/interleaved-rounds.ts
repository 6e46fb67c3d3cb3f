/**
 * @bug Goes round the pool, in round k past all of a weight below k: the heavy ones end alone.
 * @killedBy never-ahead-by-one, never-far-behind
 */
export class WeightedRoundRobin {
  readonly #weights = new Map<string, number>();
  #round = 0;
  #waiting: string[] = [];

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) this.set(id, weight);
  }

  get size(): number {
    return this.#weights.size;
  }

  set(id: string, weight: number): void {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (!Number.isInteger(weight) || weight < 0 || weight > 1_000) {
      throw new RangeError(`weight must be an integer from 0 to 1000, got ${weight}`);
    }
    if ((this.#weights.get(id) ?? 0) !== weight) this.#startAnew();
    this.#weights.set(id, weight);
  }

  remove(id: string): boolean {
    if ((this.#weights.get(id) ?? 0) > 0) this.#startAnew();
    return this.#weights.delete(id);
  }

  pick(): string | undefined {
    const rounds = Math.max(0, ...this.#weights.values());
    if (rounds === 0) return undefined;
    while (this.#waiting.length === 0) {
      this.#round = (this.#round % rounds) + 1;
      const visited = [...this.#weights].filter(([, weight]) => weight >= this.#round);
      this.#waiting = visited.map(([id]) => id);
    }
    return this.#waiting.shift();
  }

  #startAnew(): void {
    this.#round = 0;
    this.#waiting = [];
  }
}
