/**
 * @bug A ring with 16 points for a node of weight 1 and at most 200, whose shares differ by a quarter.
 * @killedBy even-spread
 */
import type {
  Rendezvous as Stub,
  RendezvousOptions,
} from "../../../../katas/partitioning/rendezvous-hashing/stub.ts";

export class Rendezvous implements Stub {
  readonly #hash: (text: string) => number;
  readonly #weights = new Map<string, number>();
  #points: { at: number; node: string }[] = [];
  #names: string[] = [];

  constructor({ hash }: RendezvousOptions) {
    this.#hash = hash;
  }

  set(node: string, weight = 1): void {
    if (typeof node !== "string") throw new TypeError("node is not a string");
    if (node === "") throw new RangeError("node is empty");
    if (!(weight > 0 && weight <= 1e6)) throw new RangeError("weight is not in (0, 1e6]");
    this.#points = this.#points.filter((point) => point.node !== node);
    this.#weights.set(node, weight);
    for (let i = 0; i < Math.min(Math.ceil(16 * weight), 200); i += 1) {
      this.#points.push({ at: this.#hash(`${i}:${node}`), node });
    }
    this.#points.sort((a, b) => a.at - b.at || (a.node < b.node ? -1 : 1));
    this.#names = [...this.#weights.keys()].sort();
  }

  remove(node: string): boolean {
    this.#names = this.#names.filter((name) => name !== node);
    this.#points = this.#points.filter((point) => point.node !== node);
    return this.#weights.delete(node);
  }

  nodes(): string[] {
    return [...this.#names];
  }

  pick(key: string): string | undefined {
    const from = this.#hash(key);
    return (this.#points.find(({ at }) => at >= from) ?? this.#points[0])?.node;
  }

  rank(key: string, count?: number): string[] {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
      throw new RangeError("count is not an integer >= 0");
    }
    const from = this.#hash(key);
    const before = this.#points.filter(({ at }) => at < from);
    const after = this.#points.filter(({ at }) => at >= from);
    const ranked = [...new Set([...after, ...before].map(({ node }) => node))];
    return ranked.slice(0, count);
  }
}
