/** @design The first question after a change sorts the ring anew: one number holds place and name. */
import type {
  HashRingOptions,
  RingHash,
} from "../../../../katas/partitioning/consistent-hashing/stub.ts";

/** A point is position * RANKS + the rank of its name; below 2^53 for as many as 2^21 nodes. */
const RANKS = 2 ** 21;

interface Ring {
  readonly names: readonly string[];
  readonly points: Float64Array;
}

export class HashRing {
  readonly #hash: RingHash;
  readonly #space: number;
  readonly #vnodes: number;
  /** Positions of each node: to hash its labels at each rebuild would take as long as the sort. */
  readonly #members = new Map<string, number[]>();
  #ring: Ring | undefined;

  constructor({ hash, space = 2 ** 32, vnodes = 128 }: HashRingOptions) {
    if (!isWithin(space, 1, 2 ** 32)) throw new RangeError(`space ${space}`);
    if (!isWithin(vnodes, 1, 1_024)) throw new RangeError(`vnodes ${vnodes}`);
    this.#hash = hash;
    this.#space = space;
    this.#vnodes = vnodes;
  }

  add(node: string, vnodes = this.#vnodes): boolean {
    if (typeof node !== "string") throw new TypeError("node must be a string");
    if (node.length === 0) throw new RangeError("node must not be empty");
    if (!isWithin(vnodes, 1, 1_024)) throw new RangeError(`vnodes ${vnodes}`);
    if (this.#members.has(node)) return false;
    const labels = [node];
    for (let i = 1; i < vnodes; i += 1) labels.push(`${node}#${i}`);
    const positions = labels.map((label) => this.#hash(label) % this.#space);
    this.#members.set(node, positions);
    this.#ring = undefined;
    return true;
  }

  remove(node: string): boolean {
    const was = this.#members.delete(node);
    if (was) this.#ring = undefined;
    return was;
  }

  nodes(): string[] {
    return [...this.#members.keys()].sort();
  }

  owner(key: string): string | undefined {
    const { names, points } = (this.#ring ??= this.#build());
    if (points.length === 0) return undefined;
    return names[points[this.#start(key, points) % points.length]! % RANKS];
  }

  owners(key: string, count: number): string[] {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`count ${count}`);
    const { names, points } = (this.#ring ??= this.#build());
    const wanted = Math.min(count, names.length);
    const ranks = new Set<number>();
    for (let i = this.#start(key, points); ranks.size < wanted; i += 1)
      ranks.add(points[i % points.length]! % RANKS);
    return Array.from(ranks, (rank) => names[rank]!);
  }

  share(node: string): number {
    const { names, points } = (this.#ring ??= this.#build());
    const rank = names.indexOf(node);
    let owned = 0;
    points.forEach((point, i) => {
      const before = i === 0 ? position(points.at(-1)!) - this.#space : position(points[i - 1]!);
      if (point % RANKS === rank) owned += position(point) - before;
    });
    return owned / this.#space;
  }

  #start(key: string, points: Float64Array): number {
    return firstFrom(points, (this.#hash(key) % this.#space) * RANKS);
  }

  #build(): Ring {
    const names = this.nodes();
    const points = names.flatMap((name, rank) =>
      this.#members.get(name)!.map((at) => at * RANKS + rank),
    );
    return { names, points: Float64Array.from(points).sort() };
  }
}

function position(point: number): number {
  return Math.floor(point / RANKS);
}

function firstFrom(points: Float64Array, value: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
