import Peer from "hashring";
import type * as Stub from "../../../../katas/partitioning/consistent-hashing/stub.ts";

export const note = "hashes with md5, and remembers the last 5,000 lookups";

export class HashRing {
  readonly #vnodes: number;
  #ring: Peer | undefined;

  constructor({ vnodes = 64 }: Stub.HashRingOptions) {
    this.#vnodes = vnodes;
  }

  add(node: string): void {
    const server = { [node]: { vnodes: this.#vnodes } };
    if (this.#ring === undefined) this.#ring = new Peer(server, "md5");
    else this.#ring.add(server);
  }

  remove(node: string): void {
    this.#ring?.remove(node);
  }

  owner(key: string): string | undefined {
    return this.#ring?.get(key);
  }

  owners(key: string, count: number): string[] {
    return this.#ring?.range(key, count, true) ?? [];
  }
}
