/**
 * @bug Draws by cumulative weight over the sorted nodes: every weight moves everybody.
 * @killedBy weight-moves-one
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
    const left = this.nodes();
    const ranked: string[] = [];
    let u = (this.#hash(key) + 0.5) / 2 ** 32;
    while (left.length > 0) {
      const total = left.reduce((sum, node) => sum + this.#weights.get(node)!, 0);
      let at = 0;
      let passed = 0;
      while (at < left.length - 1 && passed + this.#weights.get(left[at]!)! <= u * total) {
        passed += this.#weights.get(left[at]!)!;
        at += 1;
      }
      u = (u * total - passed) / this.#weights.get(left[at]!)!;
      ranked.push(...left.splice(at, 1));
    }
    return ranked.slice(0, count);
  }
}
