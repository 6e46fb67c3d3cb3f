/** Where text sits before it is reduced to the ring: an integer in [0, 2^32), always the same. */
export type RingHash = (text: string) => number;

export interface HashRingOptions {
  /** Places nodes and keys. Expect collisions: it need not be a good hash. */
  readonly hash: RingHash;
  /** m: the number of points of the ring, 0 to m - 1; an integer in [1, 2^32]. Default 2^32. */
  readonly space?: number;
  /** Virtual nodes of a node that is added without a number, an integer in [1, 1,024]. Default 128. */
  readonly vnodes?: number;
}

/** Assigns keys to nodes so that a node that comes or goes moves few keys. */
export class HashRing {
  /** @throws RangeError when space or vnodes is out of its range. */
  constructor(options: HashRingOptions) {
    throw new Error("unimplemented: HashRing.constructor");
  }

  /**
   * Adds a node with `vnodes` virtual nodes, an integer in [1, 1,024]; default: that of the ring.
   * False: the node is there already, and nothing changes.
   * @throws TypeError when node is not a string.
   * @throws RangeError when node is empty or vnodes is out of its range.
   */
  add(node: string, vnodes?: number): boolean {
    throw new Error("unimplemented: HashRing.add");
  }

  /** Removes a node with all its virtual nodes. False: it was not there. */
  remove(node: string): boolean {
    throw new Error("unimplemented: HashRing.remove");
  }

  /** The names of all nodes, ascending by UTF-16 code units. */
  nodes(): string[] {
    throw new Error("unimplemented: HashRing.nodes");
  }

  /** The node that the key belongs to; undefined on an empty ring. */
  owner(key: string): string | undefined {
    throw new Error("unimplemented: HashRing.owner");
  }

  /**
   * The preference list of the key: the first `count` distinct nodes that are met clockwise from it,
   * the owner first; all nodes when there are fewer. `count` is an integer >= 0.
   * @throws RangeError when count is out of its range.
   */
  owners(key: string, count: number): string[] {
    throw new Error("unimplemented: HashRing.owners");
  }

  /** The part of the m points that the node owns, 0 to 1; 0 for a node that is not there. */
  share(node: string): number {
    throw new Error("unimplemented: HashRing.share");
  }
}
