/**
 * @bug Remembers what was picked for a key, also when the nodes have changed since.
 * @killedBy minimal-disruption
 */
import type {
  Rendezvous as Stub,
  RendezvousOptions,
} from "../../../../katas/partitioning/rendezvous-hashing/stub.ts";

export class Rendezvous implements Stub {
  readonly #hash: (text: string) => number;
  readonly #weights = new Map<string, number>();
  readonly #picked = new Map<string, string>();
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
    const known = this.#picked.get(key);
    if (known !== undefined && this.#weights.has(known)) return known;
    let first: string | undefined;
    let earliest = Infinity;
    for (const node of this.#names) {
      const time = this.#time(node, key);
      if (first === undefined || time < earliest) [first, earliest] = [node, time];
    }
    if (first !== undefined) this.#picked.set(key, first);
    return first;
  }

  rank(key: string, count?: number): string[] {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
      throw new RangeError("count is not an integer >= 0");
    }
    const times = new Map(this.#names.map((node) => [node, this.#time(node, key)]));
    const ranked = [...times.keys()].sort((a, b) => times.get(a)! - times.get(b)!);
    return ranked.slice(0, count);
  }

  #time(node: string, key: string): number {
    const hash = this.#hash(`${node.length}:${node}${key}`);
    return -Math.log((hash + 0.5) / 2 ** 32) / this.#weights.get(node)!;
  }
}
