/**
 * @bug Draws a backend from a generator of its own: fair on average only.
 * @killedBy cycle-order, fair-window
 */
export class RoundRobin {
  readonly #ids: string[] = [];
  readonly #members = new Set<string>();
  #state = 1;

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
    return true;
  }

  pick(): string | undefined {
    if (this.#ids.length === 0) return undefined;
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#ids[this.#state % this.#ids.length];
  }
}

function requireId(id: string): void {
  if (id === "") throw new TypeError("the id of a backend must not be empty");
}
