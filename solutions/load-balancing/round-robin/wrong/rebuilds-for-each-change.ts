/**
 * @bug Builds list and set anew for each change.
 * @killedBy budget:churn
 */
export class RoundRobin {
  #ids: string[] = [];
  #members = new Set<string>();
  #next = 0;

  constructor(ids: Iterable<string> = []) {
    this.#ids = [...new Set(ids)];
    this.#ids.forEach(requireId);
    this.#members = new Set(this.#ids);
  }

  get size(): number {
    return this.#ids.length;
  }

  add(id: string): boolean {
    requireId(id);
    if (this.#members.has(id)) return false;
    this.#ids = [...this.#ids, id];
    this.#members = new Set(this.#ids);
    return true;
  }

  remove(id: string): boolean {
    requireId(id);
    if (!this.#members.has(id)) return false;
    const index = this.#ids.indexOf(id);
    this.#ids = this.#ids.filter((other) => other !== id);
    this.#members = new Set(this.#ids);
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
