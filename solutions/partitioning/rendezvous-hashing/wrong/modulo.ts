/**
 * @bug Takes the hash of the key modulo the number of nodes: nearly all keys move with any change.
 * @killedBy minimal-disruption
 */
import type {
  Rendezvous as Stub,
  RendezvousOptions,
} from "../../../../katas/partitioning/rendezvous-hashing/stub.ts";

export class Rendezvous implements Stub {
  readonly #hash: (text: string) => number;
  readonly #weights = new Map<string, number>();
  #names: string[] = [];

  constructor({ hash }: RendezvousOptions) {
    this.#hash = hash;
  }

  set(node: string, weight = 1): void {
    if (typeof node !== "string") throw new TypeError("node is not a string");
    if (node === "") throw new RangeError("node is empty");
    if (!(weight > 0 && weight <= 1e6)) throw new RangeError("weight is not in (0, 1e6]");
    this.#weights.set(node, weight);
    this.#names = [...this.#weights.keys()].sort();
  }

  remove(node: string): boolean {
    this.#names = this.#names.filter((name) => name !== node);
    return this.#weights.delete(node);
  }

  nodes(): string[] {
    return [...this.#names];
  }

  pick(key: string): string | undefined {
    return this.rank(key)[0];
  }

  rank(key: string, count?: number): string[] {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
      throw new RangeError("count is not an integer >= 0");
    }
    const nodes = this.nodes();
    const first = nodes.length === 0 ? 0 : this.#hash(key) % nodes.length;
    const ranked = [...nodes.slice(first), ...nodes.slice(0, first)];
    return ranked.slice(0, count);
  }
}
