/**
 * @design The k-th pick of a backend has a window, from k to k + 1 times W / weight: among those
 * whose window is open, the one whose window closes first.
 */
interface Backend {
  readonly id: string;
  weight: number;
  picks: number;
}

export class WeightedRoundRobin {
  readonly #backends = new Map<string, Backend>();
  /** Those with a positive weight. */
  #active: Backend[] = [];
  #total = 0;
  #picks = 0;

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) this.set(id, weight);
  }

  get size(): number {
    return this.#backends.size;
  }

  set(id: string, weight: number): void {
    if (id === "") throw new TypeError("empty id");
    if (!(Number.isInteger(weight) && weight >= 0 && weight <= 1_000)) {
      throw new RangeError("weight must be an integer from 0 to 1000");
    }
    const backend = this.#backends.get(id) ?? { id, weight: 0, picks: 0 };
    this.#backends.set(id, backend);
    if (backend.weight === weight) return;
    backend.weight = weight;
    this.#restart();
  }

  remove(id: string): boolean {
    const backend = this.#backends.get(id);
    if (backend === undefined) return false;
    this.#backends.delete(id);
    if (backend.weight > 0) this.#restart();
    return true;
  }

  pick(): string | undefined {
    let chosen: Backend | undefined;
    let earliest = Infinity;
    this.#picks += 1;
    for (const backend of this.#active) {
      const { weight, picks } = backend;
      if (picks * this.#total >= this.#picks * weight) continue;
      const deadline = Math.ceil(((picks + 1) * this.#total) / weight);
      if (deadline < earliest) {
        earliest = deadline;
        chosen = backend;
      }
    }
    if (chosen === undefined) return undefined;
    chosen.picks += 1;
    return chosen.id;
  }

  #restart(): void {
    this.#active = [...this.#backends.values()].filter(({ weight }) => weight > 0);
    this.#total = this.#active.reduce((sum, { weight }) => sum + weight, 0);
    this.#picks = 0;
    for (const backend of this.#active) backend.picks = 0;
  }
}
