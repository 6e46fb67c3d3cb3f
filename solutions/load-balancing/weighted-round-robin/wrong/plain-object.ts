/**
 * @bug Keeps the weights in a plain object, which knows names of its own.
 * @killedBy exact-cycle-share
 */
export class WeightedRoundRobin {
  readonly #weights: Record<string, number> = {};
  #credits = new Map<string, number>();

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) this.set(id, weight);
  }

  get size(): number {
    return Object.keys(this.#weights).length;
  }

  set(id: string, weight: number): void {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (!Number.isInteger(weight) || weight < 0 || weight > 1_000) {
      throw new RangeError(`weight must be an integer from 0 to 1000, got ${weight}`);
    }
    if (weight !== (this.#weights[id] ?? 0)) this.#credits = new Map();
    this.#weights[id] = weight;
  }

  remove(id: string): boolean {
    if (!(id in this.#weights)) return false;
    if (this.#weights[id] !== 0) this.#credits = new Map();
    delete this.#weights[id];
    return true;
  }

  pick(): string | undefined {
    let chosen: string | undefined;
    let total = 0;
    for (const [id, weight] of Object.entries(this.#weights)) {
      total += weight;
      this.#credits.set(id, this.#credit(id) + weight);
      if (this.#credit(id) > (chosen === undefined ? 0 : this.#credit(chosen))) chosen = id;
    }
    if (chosen !== undefined) this.#credits.set(chosen, this.#credit(chosen) - total);
    return chosen;
  }

  #credit(id: string): number {
    return this.#credits.get(id) ?? 0;
  }
}
