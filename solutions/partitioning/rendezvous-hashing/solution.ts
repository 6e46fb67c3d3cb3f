import type {
  Rendezvous as Stub,
  RendezvousOptions,
} from "../../../katas/partitioning/rendezvous-hashing/stub.ts";

interface Node {
  readonly name: string;
  readonly weight: number;
}

/**
 * For each key the nodes run a race, and rank in the order of arrival. The hash of the pair stands for
 * chance: -ln(u) / weight, for u uniform in (0, 1), is the first event of a Poisson process of that
 * rate, and the first of several comes from x with probability weight(x) / sum. A time depends on
 * its own node only, so that nobody else's coming, going or weight can change it.
 *
 * pick: O(n); rank: O(n log n); set and remove: O(n). Invariant: `#nodes` ascends by name, so that
 * of equal times the first one met wins the tie.
 */
export class Rendezvous implements Stub {
  readonly #hash: (text: string) => number;
  #nodes: Node[] = [];

  constructor({ hash }: RendezvousOptions) {
    this.#hash = hash;
  }

  set(node: string, weight = 1): void {
    if (typeof node !== "string") throw new TypeError("node must be a string");
    if (node === "") throw new RangeError("node must not be empty");
    if (!(weight > 0 && weight <= 1e6)) throw new RangeError("weight must be in (0, 1e6]");
    this.remove(node);
    this.#nodes.push({ name: node, weight });
    this.#nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  remove(node: string): boolean {
    const index = this.#nodes.findIndex(({ name }) => name === node);
    if (index < 0) return false;
    this.#nodes.splice(index, 1);
    return true;
  }

  nodes(): string[] {
    return this.#nodes.map(({ name }) => name);
  }

  pick(key: string): string | undefined {
    let first: string | undefined;
    let earliest = Infinity;
    for (const node of this.#nodes) {
      const time = this.#arrival(node, key);
      if (first !== undefined && time >= earliest) continue;
      first = node.name;
      earliest = time;
    }
    return first;
  }

  rank(key: string, count?: number): string[] {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
      throw new RangeError("count must be an integer >= 0");
    }
    return this.#nodes
      .map((node) => ({ name: node.name, time: this.#arrival(node, key) }))
      .sort((a, b) => a.time - b.time)
      .slice(0, count)
      .map(({ name }) => name);
  }

  /** When the node arrives in the race for the key. */
  #arrival({ name, weight }: Node, key: string): number {
    // The length says where the name ends: no separator could, as names and keys may contain it.
    const hash = this.#hash(`${name.length}:${name}${key}`);
    // Half a step up from 0 and down from 1, where the logarithm has no use.
    return -Math.log((hash + 0.5) / 2 ** 32) / weight;
  }
}
