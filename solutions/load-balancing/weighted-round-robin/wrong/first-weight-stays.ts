/**
 * @bug Ignores the later weights of an id that is repeated in the constructor.
 * @killedBy zero-and-empty, change-restarts-count
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

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) {
      if (!this.#byId.has(id)) this.set(id, weight);
      else if (weight > 1_000) throw new RangeError(`weight must be at most 1000, got ${weight}`);
    }
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

  #changeWeight(backend: Backend, weight: number): void {
    this.#total += weight - backend.weight;
    backend.weight = weight;
    for (const each of this.#backends) each.credit = 0;
  }
}
