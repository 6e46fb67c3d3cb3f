import type { Rendezvous as Stub } from "../../../katas/partitioning/rendezvous-hashing/stub.ts";

/**
 * TODO: the idea. The cost of each operation. The invariant that makes it right.
 */
export class Rendezvous implements Stub {
  readonly #counts = new Map<string, number>();

  add(key: string): number {
    if (key === "") throw new RangeError("the key is empty");
    const count = this.count(key) + 1;
    this.#counts.set(key, count);
    return count;
  }

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
