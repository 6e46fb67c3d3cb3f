/** @design Two arrays side by side: slow with many keys, and right. */
import type { Rendezvous as Stub } from "../../../../katas/partitioning/rendezvous-hashing/stub.ts";

export class Rendezvous implements Stub {
  readonly #keys: string[] = [];
  readonly #counts: number[] = [];

  add(key: string): number {
    if (key === "") throw new RangeError("the key is empty");
    let index = this.#keys.indexOf(key);
    if (index < 0) {
      index = this.#keys.push(key) - 1;
      this.#counts.push(0);
    }
    return (this.#counts[index] = this.#counts[index]! + 1);
  }

  count(key: string): number {
    return this.#counts[this.#keys.indexOf(key)] ?? 0;
  }
}
