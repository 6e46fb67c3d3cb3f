/** @design A set, whose iterator goes on while members join and leave, and is made anew at its end. */
export class RoundRobin {
  readonly #ids: Set<string>;
  #lap: Iterator<string, undefined>;

  constructor(ids: Iterable<string> = []) {
    this.#ids = new Set(ids);
    if (this.#ids.has("")) throw new TypeError("empty id");
    this.#lap = this.#ids.values();
  }

  get size(): number {
    return this.#ids.size;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    const before = this.#ids.size;
    return this.#ids.add(id).size > before;
  }

  remove(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    return this.#ids.delete(id);
  }

  pick(): string | undefined {
    const next = this.#lap.next();
    if (next.done !== true) return next.value;
    this.#lap = this.#ids.values();
    return this.#lap.next().value;
  }
}
