/*
 * Idea: the members in the order of the rotation, and a cursor at the one that is next. A newcomer
 * goes to the end of the list: a rotation is a ring, so any place would do. A member that leaves from
 * in front of the cursor pulls all behind it one place forward, the cursor too.
 *
 * Cost: pick O(1); add O(1); remove O(n), a search and a move of the tail.
 * Invariant: 0 <= #next < #ids.length, or both are 0; #members holds the same ids as #ids.
 */
export class RoundRobin {
  readonly #ids: string[] = [];
  readonly #members = new Set<string>();
  #next = 0;

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id);
  }

  get size(): number {
    return this.#ids.length;
  }

  add(id: string): boolean {
    requireId(id);
    if (this.#members.has(id)) return false;
    this.#members.add(id);
    this.#ids.push(id);
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
