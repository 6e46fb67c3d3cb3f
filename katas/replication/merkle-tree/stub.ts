/** A SHA-256 value: 32 bytes. */
export type Digest = Uint8Array;

/** SHA-256 of some bytes: a new array each time. It neither keeps nor changes what it is given. */
export type Sha256 = (bytes: Uint8Array) => Digest;

/** The hash tree of RFC 9162 over a list of leaves that does not change. */
export class MerkleTree {
  /** The number of leaves, an integer >= 0. */
  readonly size: number;

  /** @param leaves arbitrary bytes, empty and equal ones included; copied as far as needed */
  constructor(leaves: readonly Uint8Array[], sha256: Sha256) {
    throw new Error("unimplemented: MerkleTree.constructor");
  }

  /** The tree hash: a new array each time. */
  get root(): Digest {
    throw new Error("unimplemented: MerkleTree.root");
  }

  /**
   * The inclusion path of a leaf, from its sibling up to the child of the root: new arrays each time.
   * O(log size).
   * @throws RangeError when index is not an integer from 0 to size - 1.
   */
  proof(index: number): Digest[] {
    throw new Error("unimplemented: MerkleTree.proof");
  }
}

/**
 * Whether `proof` shows that `leaf` is number `index` of the `size` leaves behind `root`. Never throws
 * for arguments of these types. O(log size).
 * @param index counted from 0; up to 2^53 - 1, like size
 */
export function verifyInclusion(
  root: Digest,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Digest[],
  sha256: Sha256,
): boolean {
  throw new Error("unimplemented: verifyInclusion");
}

/** The hash tree over the buckets of a map. */
export interface Summary {
  /** The level of the buckets, an integer from 0 to 16; the root is level 0. */
  readonly depth: number;
  /**
   * A digest of the tree as it is now: a new array each time.
   * @param level 0 to depth
   * @param index 0 to 2^level - 1
   * @throws RangeError outside of these.
   */
  digest(level: number, index: number): Digest;
}

export interface MerkleMapOptions {
  /** The map has 2^depth buckets: an integer from 0 to 16. */
  readonly depth: number;
  /** Spreads keys over the buckets: an integer in [0, 2^32), the same for the same text. */
  readonly hash: (text: string) => number;
  readonly sha256: Sha256;
}

/** A map from strings to strings that can tell a replica, in few digests, where they differ. */
export class MerkleMap {
  /** @throws RangeError when depth is not an integer from 0 to 16. */
  constructor(options: MerkleMapOptions) {
    throw new Error("unimplemented: MerkleMap.constructor");
  }

  /** Sets the value of a key, both well-formed strings, empty ones included. */
  set(key: string, value: string): void {
    throw new Error("unimplemented: MerkleMap.set");
  }

  /** Removes a key; tells whether it was there. */
  delete(key: string): boolean {
    throw new Error("unimplemented: MerkleMap.delete");
  }

  /** A view of the digests that follows all later changes. */
  summary(): Summary {
    throw new Error("unimplemented: MerkleMap.summary");
  }
}

/**
 * The numbers of the buckets in which two maps differ, ascending.
 * @throws RangeError when the depths differ.
 */
export function differingBuckets(a: Summary, b: Summary): number[] {
  throw new Error("unimplemented: differingBuckets");
}
