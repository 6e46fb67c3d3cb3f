export interface RendezvousOptions {
  /** A well mixed hash: an integer in [0, 2^32), always the same for the same text. */
  readonly hash: (text: string) => number;
}

/** Ranks nodes for a key so that a node that comes or goes moves no key of the others. */
export class Rendezvous {
  constructor(options: RendezvousOptions) {
    throw new Error("unimplemented: Rendezvous.constructor");
  }

  /**
   * Adds a node, or changes its weight: a number above 0, at most 1,000,000; default 1.
   * @throws TypeError when node is not a string.
   * @throws RangeError when node is empty or weight is out of its range.
   */
  set(node: string, weight?: number): void {
    throw new Error("unimplemented: Rendezvous.set");
  }

  /** Removes a node. False: it was not there. */
  remove(node: string): boolean {
    throw new Error("unimplemented: Rendezvous.remove");
  }

  /** The names of all nodes, ascending by UTF-16 code units. */
  nodes(): string[] {
    throw new Error("unimplemented: Rendezvous.nodes");
  }

  /** The best node for the key; undefined when there is none. */
  pick(key: string): string | undefined {
    throw new Error("unimplemented: Rendezvous.pick");
  }

  /**
   * The `count` best nodes for the key, best first: an integer >= 0; default all.
   * @throws RangeError when count is out of its range.
   */
  rank(key: string, count?: number): string[] {
    throw new Error("unimplemented: Rendezvous.rank");
  }
}
