/** @design Remembers the one picked last, not the one that is next; newcomers come directly after it. */
export class RoundRobin {
  readonly #ids: string[] = [];
  /** Index of the member picked last, or of the one before a last one that has left. */
  #last = -1;

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) {
      if (id === "") throw new TypeError("empty id");
      if (!this.#ids.includes(id)) this.#ids.push(id);
    }
  }

  get size(): number {
    return this.#ids.length;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#ids.includes(id)) return false;
    this.#ids.splice(this.#last + 1, 0, id);
    return true;
  }

  remove(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    const index = this.#ids.indexOf(id);
    if (index === -1) return false;
    this.#ids.splice(index, 1);
    if (index <= this.#last) this.#last -= 1;
    return true;
  }

  pick(): string | undefined {
    if (this.#ids.length === 0) return undefined;
    this.#last = (this.#last + 1) % this.#ids.length;
    return this.#ids[this.#last];
  }
}
