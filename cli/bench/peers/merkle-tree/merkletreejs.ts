import { MerkleTree as Peer } from "merkletreejs";
import type * as Stub from "../../../../katas/replication/merkle-tree/stub.ts";

export const note = "no prefixes for leaves and nodes";
export const only = ["build", "proof"];

export class MerkleTree {
  readonly #tree: Peer;
  readonly #leaves: Buffer[];

  constructor(leaves: readonly Uint8Array[], sha256: Stub.Sha256) {
    const hash = (bytes: Uint8Array): Buffer => Buffer.from(sha256(bytes));
    this.#leaves = leaves.map(hash);
    this.#tree = new Peer(this.#leaves, hash);
  }

  get root(): Uint8Array {
    return this.#tree.getRoot();
  }

  proof(index: number): Uint8Array[] {
    return this.#tree.getProof(this.#leaves[index]!, index).map(({ data }) => data);
  }
}
