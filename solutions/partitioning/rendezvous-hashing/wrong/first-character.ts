/**
 * @bug Looks at the first character of a key only.
 * @killedBy keys-are-apart
 */
import type { Rendezvous as Stub } from "../../../../katas/partitioning/rendezvous-hashing/stub.ts";

export class Rendezvous implements Stub {
  readonly #counts = new Map<string, number>();

  add(key: string): number {
    if (key === "") throw new RangeError("the key is empty");
    const count = this.count(key) + 1;
    this.#counts.set(key.slice(0, 1), count);
    return count;
  }

  count(key: string): number {
    return this.#counts.get(key.slice(0, 1)) ?? 0;
  }
}
