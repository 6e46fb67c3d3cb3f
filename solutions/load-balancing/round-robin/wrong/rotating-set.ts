/**
 * @bug Rotates an insertion-ordered Set: deleted places pile up in front and are walked over by each pick.
 * @killedBy budget:pick-grows
 */
export class RoundRobin {
  readonly #queue = new Set<string>();

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id);
  }

  get size(): number {
    return this.#queue.size;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#queue.has(id)) return false;
    this.#queue.add(id);
    return true;
  }

  remove(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    return this.#queue.delete(id);
  }

  pick(): string | undefined {
    for (const id of this.#queue) {
      this.#queue.delete(id);
      this.#queue.add(id);
      return id;
    }
    return undefined;
  }
}
