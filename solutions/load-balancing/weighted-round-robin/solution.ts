interface Backend {
  readonly id: string;
  weight: number;
  /** How far it is behind its share, in W-ths of a pick (W: the sum of all weights). */
  credit: number;
}

/*
 * Idea: a pick pays every backend its weight, and the one with the most credit is chosen and pays
 * for all: W, the sum of the weights. A heavy backend that was just chosen is deep in debt and must
 * wait while the light ones save up, so its picks are spread over the cycle.
 *
 * Cost: pick O(n); set and remove O(n).
 * Invariant: between picks the credits sum to 0. Who is chosen had a positive credit, so it ends less
 * than W in debt: never a whole pick ahead of its share.
 */
export class WeightedRoundRobin {
  #backends: Backend[] = [];
  readonly #byId = new Map<string, Backend>();
  #total = 0;

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) this.set(id, weight);
  }

  get size(): number {
    return this.#backends.length;
  }

  set(id: string, weight: number): void {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (!Number.isInteger(weight) || weight < 0 || weight > 1_000) {
      throw new RangeError(`weight must be an integer from 0 to 1000, got ${weight}`);
    }
    let backend = this.#byId.get(id);
    if (backend === undefined) {
      backend = { id, weight: 0, credit: 0 };
      this.#backends.push(backend);
      this.#byId.set(id, backend);
    }
    if (weight !== backend.weight) this.#changeWeight(backend, weight);
  }

  remove(id: string): boolean {
    const backend = this.#byId.get(id);
    if (backend === undefined) return false;
    this.#byId.delete(id);
    this.#backends = this.#backends.filter((other) => other !== backend);
    if (backend.weight > 0) this.#changeWeight(backend, 0);
    return true;
  }

  pick(): string | undefined {
    let chosen: Backend | undefined;
    let most = 0;
    for (const backend of this.#backends) {
      backend.credit += backend.weight;
      if (backend.credit > most) {
        most = backend.credit;
        chosen = backend;
      }
    }
    if (chosen === undefined) return undefined;
    chosen.credit -= this.#total;
    return chosen.id;
  }

  /** Credit that was earned under other weights would upset the new cycle: all start anew. */
  #changeWeight(backend: Backend, weight: number): void {
    this.#total += weight - backend.weight;
    backend.weight = weight;
    for (const each of this.#backends) each.credit = 0;
  }
}
