import { WeightedRoundRobinEngine } from "loadbalance";

export const note =
  "repeats each backend weight times in a list: not smooth, and weights are fixed";
export const only = ["pick-10", "pick-500"];

export class WeightedRoundRobin {
  readonly #engine: WeightedRoundRobinEngine<string>;

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    const pool = Array.from(backends, ([object, weight]) => ({ object, weight }));
    this.#engine = new WeightedRoundRobinEngine(pool);
  }

  pick(): string | undefined {
    return this.#engine.pick();
  }
}
