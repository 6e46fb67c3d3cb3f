/** @design The RFC's recursion with node hashes kept; a map that hashes its path at once. */
import type {
  Digest,
  MerkleMapOptions,
  Sha256,
  Summary,
} from "../../../../katas/replication/merkle-tree/stub.ts";

interface Node {
  readonly hash: Digest;
  readonly leaves: number;
  readonly left?: Node;
  readonly right?: Node;
}

export class MerkleTree {
  readonly size: number;
  readonly #sha256: Sha256;
  readonly #top: Node | undefined;

  constructor(leaves: readonly Uint8Array[], sha256: Sha256) {
    this.size = leaves.length;
    this.#sha256 = sha256;
    if (leaves.length > 0) this.#top = build(leaves, 0, leaves.length, sha256);
  }

  get root(): Digest {
    return Uint8Array.from(this.#top?.hash ?? this.#sha256(new Uint8Array(0)));
  }

  proof(index: number): Digest[] {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) throw new RangeError("index");
    const path: Digest[] = [];
    let [node, at] = [this.#top, index];
    while (node?.left !== undefined && node.right !== undefined) {
      const goesLeft: boolean = at < node.left.leaves;
      path.unshift(Uint8Array.from((goesLeft ? node.right : node.left).hash));
      if (!goesLeft) at -= node.left.leaves;
      node = goesLeft ? node.left : node.right;
    }
    return path;
  }
}

function build(leaves: readonly Uint8Array[], from: number, to: number, sha256: Sha256): Node {
  if (to - from === 1) return { hash: sha256(join([0], leaves[from]!)), leaves: 1 };
  const half = from + split(to - from);
  const [left, right] = [build(leaves, from, half, sha256), build(leaves, half, to, sha256)];
  return { hash: sha256(join([1], left.hash, right.hash)), leaves: to - from, left, right };
}

/** The largest power of two below n. */
function split(n: number): number {
  let half = 1;
  while (half * 2 < n) half *= 2;
  return half;
}

export function verifyInclusion(
  root: Digest,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Digest[],
  sha256: Sha256,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return false;
  if (index < 0 || index >= size || proof.some(({ length }) => length !== 32)) return false;
  const sides: ("left" | "right")[] = [];
  for (let [at, n] = [index, size]; n > 1;) {
    const half = split(n);
    sides.unshift(at < half ? "right" : "left");
    [at, n] = at < half ? [at, half] : [at - half, n - half];
  }
  if (sides.length !== proof.length) return false;
  let hash = sha256(join([0], leaf));
  for (const [i, sibling] of proof.entries()) {
    hash = sha256(sides[i] === "left" ? join([1], sibling, hash) : join([1], hash, sibling));
  }
  return String(hash) === String(root);
}

export class MerkleMap {
  readonly #options: MerkleMapOptions;
  readonly #buckets: Map<string, string>[];
  readonly #levels: Digest[][] = [];

  constructor(options: MerkleMapOptions) {
    const { depth, sha256 } = options;
    if (!Number.isInteger(depth) || depth < 0 || depth > 16) throw new RangeError("depth");
    this.#options = { ...options };
    this.#buckets = Array.from({ length: 2 ** depth }, () => new Map<string, string>());
    let digest = sha256(encode(new Map()));
    for (let level = depth; level >= 0; level -= 1) {
      this.#levels[level] = Array.from<Digest>({ length: 2 ** level }).fill(digest);
      digest = sha256(join([3], digest, digest));
    }
  }

  set(key: string, value: string): void {
    const index = this.#bucketOf(key);
    this.#buckets[index]!.set(key, value);
    this.#rehash(index);
  }

  delete(key: string): boolean {
    const index = this.#bucketOf(key);
    const wasThere = this.#buckets[index]!.delete(key);
    if (wasThere) this.#rehash(index);
    return wasThere;
  }

  summary(): Summary {
    return {
      depth: this.#options.depth,
      digest: (level, index) => {
        const digest = this.#levels[level]?.[index];
        if (digest === undefined) throw new RangeError("outside of the tree");
        return Uint8Array.from(digest);
      },
    };
  }

  #bucketOf(key: string): number {
    return Math.floor(this.#options.hash(key) / 2 ** (32 - this.#options.depth));
  }

  #rehash(bucket: number): void {
    const { depth, sha256 } = this.#options;
    this.#levels[depth]![bucket] = sha256(encode(this.#buckets[bucket]!));
    for (let [level, index] = [depth - 1, bucket >> 1]; level >= 0; level -= 1, index >>= 1) {
      const below = this.#levels[level + 1]!;
      const pair = join([3], below[2 * index]!, below[2 * index + 1]!);
      this.#levels[level]![index] = sha256(pair);
    }
  }
}

/** JSON escapes what it uses as punctuation. */
function encode(bucket: ReadonlyMap<string, string>): Uint8Array {
  const pairs = [...bucket].sort(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify(pairs));
}

export function differingBuckets(a: Summary, b: Summary): number[] {
  if (a.depth !== b.depth) throw new RangeError("the depths differ");
  const found: number[] = [];
  const descend = (level: number, index: number): void => {
    if (String(a.digest(level, index)) === String(b.digest(level, index))) return;
    if (level === a.depth) {
      found.push(index);
      return;
    }
    descend(level + 1, 2 * index);
    descend(level + 1, 2 * index + 1);
  };
  descend(0, 0);
  return found;
}

function join(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
