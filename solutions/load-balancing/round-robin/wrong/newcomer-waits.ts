/**
 * @bug Lets a newcomer in only when the next round begins, and each change puts that off.
 * @killedBy newcomer-soon
 */
export class RoundRobin {
  readonly #ids: string[] = [];
  readonly #members = new Set<string>();
  #joining: string[] = [];
  #turns = 0;
  #next = 0;

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id);
    this.#ids.push(...this.#joining.splice(0));
  }

  get size(): number {
    return this.#members.size;
  }

  add(id: string): boolean {
    requireId(id);
    if (this.#members.has(id)) return false;
    this.#members.add(id);
    this.#joining.push(id);
    return true;
  }

  remove(id: string): boolean {
    requireId(id);
    if (!this.#members.delete(id)) return false;
    this.#joining = this.#joining.filter((other) => other !== id);
    const index = this.#ids.indexOf(id);
    if (index === -1) return true;
    this.#ids.splice(index, 1);
    if (index < this.#next) this.#next -= 1;
    if (this.#next === this.#ids.length) this.#next = 0;
    return true;
  }

  pick(): string | undefined {
    if (this.#ids.length === 0) this.#ids.push(...this.#joining.splice(0));
    if (this.#ids.length === 0) return undefined;
    const id = this.#ids[this.#next];
    this.#next += 1;
    if (this.#next === this.#ids.length) {
      this.#next = 0;
      if (this.#turns > 0) this.#ids.push(...this.#joining.splice(0));
      this.#turns = 1 - this.#turns;
    }
    return id;
  }
}

function requireId(id: string): void {
  if (id === "") throw new TypeError("the id of a backend must not be empty");
}
