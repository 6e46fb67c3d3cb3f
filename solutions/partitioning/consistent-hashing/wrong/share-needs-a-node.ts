/**
 * @bug Asks an empty ring for its last virtual node, and throws.
 * @killedBy shares
 */
import type {
  HashRingOptions,
  RingHash,
} from "../../../../katas/partitioning/consistent-hashing/stub.ts";

/** One virtual node. */
interface Point {
  readonly position: number;
  readonly node: string;
}

const MAX_SPACE = 2 ** 32;
const MAX_VNODES = 1_024;

export class HashRing {
  readonly #hash: RingHash;
  readonly #space: number;
  readonly #vnodes: number;
  readonly #members = new Set<string>();
  #points: Point[] = [];

  constructor({ hash, space = MAX_SPACE, vnodes = 128 }: HashRingOptions) {
    checkInteger("space", space, 1, MAX_SPACE);
    checkInteger("vnodes", vnodes, 1, MAX_VNODES);
    this.#hash = hash;
    this.#space = space;
    this.#vnodes = vnodes;
  }

  add(node: string, vnodes = this.#vnodes): boolean {
    if (typeof node !== "string") throw new TypeError("node must be a string");
    if (node === "") throw new RangeError("node must not be empty");
    checkInteger("vnodes", vnodes, 1, MAX_VNODES);
    if (this.#members.has(node)) return false;

    const fresh = Array.from({ length: vnodes }, (_, i) => {
      return { position: this.#position(i === 0 ? node : `${node}#${i}`), node };
    });
    // Two sorted runs: the engine's sort finds them and merges them in one pass.
    this.#points = this.#points.concat(fresh.sort(byPositionThenName)).sort(byPositionThenName);
    this.#members.add(node);
    return true;
  }

  remove(node: string): boolean {
    if (!this.#members.delete(node)) return false;
    this.#points = this.#points.filter((point) => point.node !== node);
    return true;
  }

  nodes(): string[] {
    return [...this.#members].sort();
  }

  owner(key: string): string | undefined {
    return this.#points[this.#firstFrom(this.#position(key))]?.node;
  }

  owners(key: string, count: number): string[] {
    checkInteger("count", count, 0, Infinity);
    const wanted = Math.min(count, this.#members.size);
    const met = new Set<string>();
    for (let i = this.#firstFrom(this.#position(key)); met.size < wanted; i += 1) {
      met.add(this.#points[i % this.#points.length]!.node);
    }
    return [...met];
  }

  share(node: string): number {
    let owned = 0;
    let previous = this.#points.at(-1)!.position - this.#space;
    for (const point of this.#points) {
      if (point.node === node) owned += point.position - previous;
      previous = point.position;
    }
    return owned / this.#space;
  }

  #position(text: string): number {
    return this.#hash(text) % this.#space;
  }

  /** Index of the first point at `position` or clockwise of it; 0 on an empty ring. */
  #firstFrom(position: number): number {
    const points = this.#points;
    let low = 0;
    let high = points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (points[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low === points.length ? 0 : low;
  }
}

/** By `<`, so by UTF-16 code units: a locale would order names otherwise on another machine. */
function byPositionThenName(a: Point, b: Point): number {
  if (a.position !== b.position) return a.position - b.position;
  if (a.node === b.node) return 0;
  return a.node < b.node ? -1 : 1;
}

function checkInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
