import { RoundRobinEngine } from "loadbalance";

export const note = "its members are fixed";
export const only = ["pick"];

export class RoundRobin {
  readonly #engine: RoundRobinEngine<string>;

  constructor(ids: Iterable<string> = []) {
    this.#engine = new RoundRobinEngine([...ids]);
  }

  pick(): string | undefined {
    return this.#engine.pick();
  }
}
