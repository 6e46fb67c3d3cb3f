/**
 * @bug Compares each node once when it comes to it and once more before it goes down.
 * @killedBy diff-cost
 */
import type {
  Digest,
  MerkleMapOptions,
  Sha256,
  Summary,
} from "../../../../katas/replication/merkle-tree/stub.ts";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export class MerkleTree {
  readonly size: number;
  readonly #root: Digest;
  readonly #levels: Digest[][];

  constructor(leaves: readonly Uint8Array[], sha256: Sha256) {
    this.size = leaves.length;
    let level = leaves.map((leaf) => sha256(concat(LEAF, leaf)));
    this.#levels = [level];
    while (level.length > 1) {
      const above: Digest[] = [];
      for (let i = 0; i + 1 < level.length; i += 2) {
        above.push(sha256(concat(NODE, level[i]!, level[i + 1]!)));
      }
      if (level.length % 2 === 1) above.push(level.at(-1)!);
      this.#levels.push(above);
      level = above;
    }
    this.#root = level[0] ?? sha256(new Uint8Array());
  }

  get root(): Digest {
    return this.#root.slice();
  }

  proof(index: number): Digest[] {
    requireIndex("index", index, this.size);
    const path: Digest[] = [];
    let position = index;
    for (const level of this.#levels) {
      const sibling = level[position ^ 1];
      if (sibling !== undefined) path.push(sibling.slice());
      position >>= 1;
    }
    return path;
  }
}

export function verifyInclusion(
  root: Digest,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Digest[],
  sha256: Sha256,
): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index)) return false;
  if (index < 0 || index >= size) return false;
  let position = index;
  let last = size - 1;
  let hash = sha256(concat(LEAF, leaf));
  for (const sibling of proof) {
    if (last === 0) return false;
    while (position === last && position % 2 === 0) {
      position /= 2;
      last /= 2;
    }
    const isRight = position % 2 === 1;
    hash = sha256(isRight ? concat(NODE, sibling, hash) : concat(NODE, hash, sibling));
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isEqual(hash, root);
}

export class MerkleMap {
  readonly #depth: number;
  readonly #hash: (text: string) => number;
  readonly #sha256: Sha256;
  readonly #buckets = new Map<number, Map<string, string>>();
  readonly #digests: (Digest | undefined)[];

  constructor({ depth, hash, sha256 }: MerkleMapOptions) {
    requireIndex("depth", depth, 17);
    this.#depth = depth;
    this.#hash = hash;
    this.#sha256 = sha256;
    this.#digests = Array.from({ length: 2 ** (depth + 1) });
    let empty = this.#digestOfBucket(new Map());
    for (let level = depth; level >= 0; level -= 1) {
      this.#digests.fill(empty, 2 ** level, 2 ** (level + 1));
      if (level > 0) empty = sha256(concat(NODE, empty, empty));
    }
  }

  set(key: string, value: string): void {
    const index = this.#bucketOf(key);
    const bucket = this.#buckets.get(index);
    if (bucket === undefined) this.#buckets.set(index, new Map([[key, value]]));
    else bucket.set(key, value);
    this.#forget(index);
  }

  delete(key: string): boolean {
    const index = this.#bucketOf(key);
    const wasThere = this.#buckets.get(index)?.delete(key) ?? false;
    if (wasThere) this.#forget(index);
    return wasThere;
  }

  summary(): Summary {
    return {
      depth: this.#depth,
      digest: (level, index) => {
        requireIndex("level", level, this.#depth + 1);
        requireIndex("index", index, 2 ** level);
        return this.#digestOf(2 ** level + index).slice();
      },
    };
  }

  #bucketOf(key: string): number {
    return Math.floor((this.#hash(key) * 2 ** this.#depth) / 2 ** 32);
  }

  #forget(index: number): void {
    for (let node = 2 ** this.#depth + index; node >= 1; node >>= 1) {
      this.#digests[node] = undefined;
    }
  }

  #digestOf(node: number): Digest {
    const known = this.#digests[node];
    if (known !== undefined) return known;
    const index = node - 2 ** this.#depth;
    const digest =
      index >= 0
        ? this.#digestOfBucket(this.#buckets.get(index) ?? new Map())
        : this.#sha256(concat(NODE, this.#digestOf(2 * node), this.#digestOf(2 * node + 1)));
    this.#digests[node] = digest;
    return digest;
  }

  #digestOfBucket(bucket: ReadonlyMap<string, string>): Digest {
    const parts: Uint8Array[] = [LEAF];
    for (const key of [...bucket.keys()].sort()) {
      for (const text of [key, bucket.get(key) ?? ""]) {
        const bytes = new TextEncoder().encode(text);
        parts.push(new Uint8Array(Uint32Array.of(bytes.length).buffer), bytes);
      }
    }
    return this.#sha256(concat(...parts));
  }
}

export function differingBuckets(a: Summary, b: Summary): number[] {
  if (a.depth !== b.depth) throw new RangeError(`depths differ: ${a.depth} and ${b.depth}`);
  const differ = (level: number, index: number): boolean =>
    !isEqual(a.digest(level, index), b.digest(level, index));
  let indexes = [0].filter((index) => differ(0, index));
  for (let level = 1; level <= a.depth; level += 1) {
    const children = indexes
      .filter((index) => differ(level - 1, index))
      .flatMap((index) => [2 * index, 2 * index + 1]);
    indexes = children.filter((index) => differ(level, index));
  }
  return indexes;
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function requireIndex(name: string, value: number, end: number): void {
  if (Number.isInteger(value) && value >= 0 && value < end) return;
  throw new RangeError(`${name} must be an integer from 0 to ${end - 1}, got ${value}`);
}
