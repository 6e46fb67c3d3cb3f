/**
 * @bug Goes on behind the one picked last; when that one has left, from the front.
 * @killedBy survivors-keep-order
 */
export class RoundRobin {
  readonly #ids: string[] = [];
  #last = "";

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id);
  }

  get size(): number {
    return this.#ids.length;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (this.#ids.includes(id)) return false;
    this.#ids.push(id);
    return true;
  }

  remove(id: string): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    const at = this.#ids.indexOf(id);
    if (at === -1) return false;
    this.#ids.splice(at, 1);
    return true;
  }

  pick(): string | undefined {
    const id = this.#ids[(this.#ids.indexOf(this.#last) + 1) % this.#ids.length];
    this.#last = id ?? "";
    return id;
  }
}
