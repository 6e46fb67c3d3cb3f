/**
 * @design Keeps one hash for each node, hashes the key once, and mixes the two numbers; the score is
 * weight / -ln(u), largest first, and the best are taken out one by one.
 */
import type {
  Rendezvous as Stub,
  RendezvousOptions,
} from "../../../../katas/partitioning/rendezvous-hashing/stub.ts";

interface Scored {
  readonly node: string;
  readonly score: number;
}

export class Rendezvous implements Stub {
  readonly #hash: (text: string) => number;
  readonly #nodes = new Map<string, { hash: number; weight: number }>();

  constructor({ hash }: RendezvousOptions) {
    this.#hash = hash;
  }

  set(node: string, weight = 1): void {
    if (typeof node !== "string") throw new TypeError("a node is a string");
    if (node === "") throw new RangeError("a node is not empty");
    if (!(weight > 0) || weight > 1e6) throw new RangeError("a weight is above 0, at most 1e6");
    this.#nodes.set(node, { hash: this.#hash(node), weight });
  }

  remove(node: string): boolean {
    return this.#nodes.delete(node);
  }

  nodes(): string[] {
    return [...this.#nodes.keys()].sort();
  }

  pick(key: string): string | undefined {
    return this.#scores(key).reduce<Scored | undefined>(better, undefined)?.node;
  }

  rank(key: string, count?: number): string[] {
    if (count !== undefined && (!Number.isInteger(count) || count < 0)) {
      throw new RangeError("a count is an integer >= 0");
    }
    const left = this.#scores(key);
    const ranked: string[] = [];
    while (left.length > 0 && ranked.length < (count ?? Infinity)) {
      const best = left.reduce(better);
      left.splice(left.indexOf(best), 1);
      ranked.push(best.node);
    }
    return ranked;
  }

  #scores(key: string): Scored[] {
    const keyHash = this.#hash(key);
    return Array.from(this.#nodes, ([node, { hash, weight }]) => {
      const u = (mix(hash ^ mix(keyHash + 1)) + 0.5) / 2 ** 32;
      return { node, score: weight / -Math.log(u) };
    });
  }
}

function better(a: Scored | undefined, b: Scored): Scored {
  if (a === undefined || b.score > a.score) return b;
  return a.score > b.score || a.node < b.node ? a : b;
}

/** The finaliser of MurmurHash3: each bit of the result depends on each bit of the number. */
function mix(number: number): number {
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
