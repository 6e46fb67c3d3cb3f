/** @design Leaf ranges hashed once and kept by range; buckets as sums of pair hashes modulo 2^256. */
import type {
  Digest,
  MerkleMapOptions,
  Sha256,
  Summary,
} from "../../../../katas/replication/merkle-tree/stub.ts";

export class MerkleTree {
  readonly size: number;
  readonly #sha256: Sha256;
  readonly #leafHashes: Digest[];
  /** By start and height in one number. */
  readonly #ranges = new Map<number, Digest>();

  constructor(leaves: readonly Uint8Array[], sha256: Sha256) {
    this.size = leaves.length;
    this.#sha256 = sha256;
    this.#leafHashes = leaves.map((leaf) => sha256(prefixed(0, leaf)));
  }

  get root(): Digest {
    if (this.size === 0) return this.#sha256(new Uint8Array());
    return this.#hash(0, this.size).slice();
  }

  proof(index: number): Digest[] {
    const isLeaf = Number.isInteger(index) && index >= 0 && index < this.size;
    if (!isLeaf) throw new RangeError(`no leaf ${index}`);
    const path: Digest[] = [];
    for (let from = 0, to = this.size; to - from > 1;) {
      const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
      const isLeft = index < middle;
      path.push((isLeft ? this.#hash(middle, to) : this.#hash(from, middle)).slice());
      if (isLeft) to = middle;
      else from = middle;
    }
    return path.reverse();
  }

  #hash(from: number, to: number): Digest {
    if (to - from === 1) return this.#leafHashes[from]!;
    const id = from * 64 + Math.ceil(Math.log2(to - from));
    const known = this.#ranges.get(id);
    if (known !== undefined) return known;
    const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
    const hash = this.#sha256(prefixed(1, this.#hash(from, middle), this.#hash(middle, to)));
    this.#ranges.set(id, hash);
    return hash;
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
  if (![index, size].every((value) => Number.isSafeInteger(value))) return false;
  if (index < 0 || index >= size) return false;
  let [position, count] = [index, size];
  const rest = [...proof];
  let hash = sha256(prefixed(0, leaf));
  // Level by level: `count` nodes, of which an odd last one goes up alone.
  for (; count > 1; count = Math.ceil(count / 2), position = Math.floor(position / 2)) {
    if (position === count - 1 && position % 2 === 0) continue;
    const sibling = rest.shift();
    if (sibling?.length !== 32) return false;
    hash = sha256(position % 2 === 0 ? prefixed(1, hash, sibling) : prefixed(1, sibling, hash));
  }
  return rest.length === 0 && same(hash, root);
}

interface Bucket {
  readonly values: Map<string, string>;
  sum: bigint;
}

export class MerkleMap {
  readonly #options: MerkleMapOptions;
  readonly #buckets: (Bucket | undefined)[] = [];
  readonly #inner: (Digest | undefined)[] = [];
  readonly #empty: Digest[] = [];

  constructor(options: MerkleMapOptions) {
    const { depth, sha256 } = options;
    if (![...Array(17).keys()].includes(depth)) throw new RangeError("depth must be 0 to 16");
    this.#options = options;
    this.#empty[depth] = toDigest(0n);
    for (let level = depth - 1; level >= 0; level -= 1) {
      const below = this.#empty[level + 1]!;
      this.#empty[level] = sha256(prefixed(1, below, below));
    }
  }

  set(key: string, value: string): void {
    const index = this.#indexOf(key);
    const bucket = (this.#buckets[index] ??= { values: new Map(), sum: 0n });
    const old = bucket.values.get(key);
    if (old === value) return;
    if (old !== undefined) this.#add(bucket, key, old, -1n);
    this.#add(bucket, key, value, 1n);
    bucket.values.set(key, value);
    this.#rehash(index);
  }

  delete(key: string): boolean {
    const index = this.#indexOf(key);
    const bucket = this.#buckets[index];
    const old = bucket?.values.get(key);
    if (bucket === undefined || old === undefined) return false;
    this.#add(bucket, key, old, -1n);
    bucket.values.delete(key);
    this.#rehash(index);
    return true;
  }

  summary(): Summary {
    const { depth } = this.#options;
    return {
      depth,
      digest: (level, index) => {
        const isInside = Number.isInteger(level) && level >= 0 && level <= depth;
        if (!isInside || !Number.isInteger(index) || index < 0 || index >= 2 ** level) {
          throw new RangeError(`no digest ${level}, ${index}`);
        }
        return this.#digest(level, index).slice();
      },
    };
  }

  #indexOf(key: string): number {
    const { depth, hash } = this.#options;
    return depth === 0 ? 0 : hash(key) >>> (32 - depth);
  }

  #add(bucket: Bucket, key: string, value: string, sign: bigint): void {
    const text = new TextEncoder().encode(`${key.length}:${key}${value}`);
    const hash = new DataView(this.#options.sha256(text).buffer);
    let number = 0n;
    for (let i = 0; i < 32; i += 8) number = (number << 64n) + hash.getBigUint64(i);
    bucket.sum = BigInt.asUintN(256, bucket.sum + sign * number);
  }

  #rehash(index: number): void {
    const { depth, sha256 } = this.#options;
    for (let level = depth - 1, at = index >> 1; level >= 0; level -= 1, at >>= 1) {
      const [left, right] = [this.#digest(level + 1, 2 * at), this.#digest(level + 1, 2 * at + 1)];
      this.#inner[2 ** level + at] = sha256(prefixed(1, left, right));
    }
  }

  #digest(level: number, index: number): Digest {
    const { depth } = this.#options;
    if (level === depth) return toDigest(this.#buckets[index]?.sum ?? 0n);
    return this.#inner[2 ** level + index] ?? this.#empty[level]!;
  }
}

function toDigest(number: bigint): Digest {
  const view = new DataView(new ArrayBuffer(32));
  for (let i = 0; i < 4; i += 1)
    view.setBigUint64(8 * i, BigInt.asUintN(64, number >> BigInt(64 * (3 - i))));
  return new Uint8Array(view.buffer);
}

export function differingBuckets(a: Summary, b: Summary): number[] {
  if (a.depth !== b.depth) throw new RangeError("summaries of different depths");
  const below = (level: number, index: number): number[] => {
    if (same(a.digest(level, index), b.digest(level, index))) return [];
    if (level === a.depth) return [index];
    return [...below(level + 1, 2 * index), ...below(level + 1, 2 * index + 1)];
  };
  return below(0, 0);
}

function prefixed(first: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const lengths = parts.map(({ length }) => length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 1));
  bytes[0] = first;
  for (let i = 0, at = 1; i < parts.length; at += lengths[i]!, i += 1) bytes.set(parts[i]!, at);
  return bytes;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.join() === b.join();
}
