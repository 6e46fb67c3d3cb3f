/**
 * @bug Keeps the members sorted, so the given order is lost.
 * @killedBy cycle-order
 */
export class RoundRobin {
  readonly #ids: string[] = [];
  readonly #members = new Set<string>();
  #next = 0;

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id);
    this.#next = 0;
  }

  get size(): number {
    return this.#ids.length;
  }

  add(id: string): boolean {
    requireId(id);
    if (this.#members.has(id)) return false;
    this.#members.add(id);
    const current = this.#ids[this.#next];
    this.#ids.push(id);
    this.#ids.sort();
    if (current !== undefined) this.#next = this.#ids.indexOf(current);
    return true;
  }

  remove(id: string): boolean {
    requireId(id);
    if (!this.#members.delete(id)) return false;
    const index = this.#ids.indexOf(id);
    this.#ids.splice(index, 1);
    if (index < this.#next) this.#next -= 1;
    if (this.#next === this.#ids.length) this.#next = 0;
    return true;
  }

  pick(): string | undefined {
    if (this.#ids.length === 0) return undefined;
    const id = this.#ids[this.#next];
    this.#next += 1;
    if (this.#next === this.#ids.length) this.#next = 0;
    return id;
  }
}

function requireId(id: string): void {
  if (id === "") throw new TypeError("the id of a backend must not be empty");
}
