/** @design u to the power of 1 / weight, largest first, over a map that is sorted at each question. */
import type {
  Rendezvous as Stub,
  RendezvousOptions,
} from "../../../../katas/partitioning/rendezvous-hashing/stub.ts";

export class Rendezvous implements Stub {
  readonly #hash: (text: string) => number;
  readonly #weights = new Map<string, number>();

  constructor({ hash }: RendezvousOptions) {
    this.#hash = hash;
  }

  set(node: string, weight = 1): void {
    if (typeof node !== "string") throw new TypeError("a node is a string");
    if (node.length === 0) throw new RangeError("a node has a name");
    if (!Number.isFinite(weight) || weight <= 0 || weight > 1e6) {
      throw new RangeError("a weight is above 0 and at most 1e6");
    }
    this.#weights.set(node, weight);
  }

  remove(node: string): boolean {
    return this.#weights.delete(node);
  }

  nodes(): string[] {
    return [...this.#weights.keys()].sort(byName);
  }

  pick(key: string): string | undefined {
    return this.rank(key, 1)[0];
  }

  rank(key: string, count = this.#weights.size): string[] {
    if (count < 0 || !Number.isInteger(count)) {
      throw new RangeError("count is an integer >= 0");
    }
    const scored: [string, number][] = [];
    for (const [node, weight] of this.#weights) {
      const u = (this.#hash(JSON.stringify([node, key])) + 0.5) / 2 ** 32;
      scored.push([node, u ** (1 / weight)]);
    }
    scored.sort(([a, mine], [b, yours]) => yours - mine || byName(a, b));
    return scored.slice(0, count).map(([node]) => node);
  }
}

function byName(a: string, b: string): number {
  return a < b ? -1 : 1;
}
