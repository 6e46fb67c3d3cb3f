/**
 * @bug Adds the hashes of node and key modulo 2^32: a ring with a single point for each node.
 * @killedBy even-spread
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
    const keyHash = this.#hash(key);
    let first: string | undefined;
    let earliest = Infinity;
    for (const node of this.#names) {
      const time = this.#time(node, keyHash);
      if (first === undefined || time < earliest) [first, earliest] = [node, time];
    }
    return first;
  }

  rank(key: string, count?: number): string[] {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
      throw new RangeError("count is not an integer >= 0");
    }
    const keyHash = this.#hash(key);
    const times = new Map(this.#names.map((node) => [node, this.#time(node, keyHash)]));
    const ranked = [...times.keys()].sort((a, b) => times.get(a)! - times.get(b)!);
    return ranked.slice(0, count);
  }

  #time(node: string, keyHash: number): number {
    const hash = (this.#hash(node) + keyHash) % 2 ** 32;
    return -Math.log((hash + 0.5) / 2 ** 32) / this.#weights.get(node)!;
  }
}
