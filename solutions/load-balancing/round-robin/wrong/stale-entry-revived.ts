/**
 * @bug Skips leavers in the list; one that comes back is there twice.
 * @killedBy fair-window, survivors-keep-order
 */
export class RoundRobin {
  readonly #list: string[] = [];
  readonly #members = new Set<string>();
  #next = 0;

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id);
  }

  get size(): number {
    return this.#members.size;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (this.#members.has(id)) return false;
    this.#members.add(id);
    this.#list.push(id);
    return true;
  }

  remove(id: string): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    return this.#members.delete(id);
  }

  pick(): string | undefined {
    if (this.#members.size === 0) return undefined;
    for (;;) {
      const id = this.#list[this.#next % this.#list.length]!;
      this.#next += 1;
      if (this.#members.has(id)) return id;
    }
  }
}
