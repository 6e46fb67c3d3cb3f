import Peers from "weighted-round-robin";

export class WeightedRoundRobin {
  readonly #peers = new Peers();

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) this.set(id, weight);
  }

  set(id: string, weight: number): void {
    this.#peers.add({ id, weight });
  }

  pick(): string | undefined {
    return this.#peers.get()?.id;
  }
}
