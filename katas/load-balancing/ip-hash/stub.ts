/**
 * A uniform 32-bit hash of text: an integer in [0, 2^32), the same for the same text and seed.
 * Different seeds give independent hashes. It accepts any string, and any integer as a seed.
 */
export type Hash32 = (text: string, seed: number) => number;

export interface IpHashOptions {
  /** The configured backends: at least one, distinct, not empty. Their order means nothing. */
  readonly backends: readonly string[];
  /** For you to use or to ignore: any hash of good quality will do. */
  readonly hash: Hash32;
}

/** Sends each client to one and the same backend, as long as that is up, without a table of clients. */
export class IpHash {
  /**
   * All backends are up at first.
   * @throws TypeError when the list is empty, or an id in it is empty or repeated.
   */
  constructor(options: IpHashOptions) {
    throw new Error("unimplemented: IpHash.constructor");
  }

  /**
   * The backend of a client; undefined when all are down. O(n) at most.
   * @param clientIp an IPv4 or IPv6 address, in any spelling
   * @throws TypeError when the address is malformed.
   */
  pick(clientIp: string): string | undefined {
    throw new Error("unimplemented: IpHash.pick");
  }

  /** Marks a backend as up or down. False: it is not configured, or it was so already. */
  setUp(id: string, up: boolean): boolean {
    throw new Error("unimplemented: IpHash.setUp");
  }
}
