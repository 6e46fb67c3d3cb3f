/**
 * @bug Draws by weight from a seed of its own: the same history gives the same picks, unfair ones.
 * @killedBy exact-cycle-share, never-far-behind
 */
interface Backend {
  readonly id: string;
  weight: number;
  credit: number;
}

export class WeightedRoundRobin {
  #backends: Backend[] = [];
  readonly #byId = new Map<string, Backend>();
  #total = 0;
  #state = 1;

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
    if (this.#total === 0) return undefined;
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    let rest = this.#state % this.#total;
    for (const { id, weight } of this.#backends) {
      rest -= weight;
      if (rest < 0) return id;
    }
    return undefined;
  }

  #changeWeight(backend: Backend, weight: number): void {
    this.#total += weight - backend.weight;
    backend.weight = weight;
    this.#state = 1;
  }
}
