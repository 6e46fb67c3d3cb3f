/** @design A queue: who is picked goes from its head to its tail. */
export class RoundRobin {
  readonly #queue: string[] = [];

  constructor(ids: Iterable<string> = []) {
    for (const id of new Set(ids)) this.add(id);
  }

  get size(): number {
    return this.#queue.length;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#queue.includes(id)) return false;
    this.#queue.push(id);
    return true;
  }

  remove(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    const index = this.#queue.indexOf(id);
    if (index === -1) return false;
    this.#queue.splice(index, 1);
    return true;
  }

  pick(): string | undefined {
    const id = this.#queue.shift();
    if (id !== undefined) this.#queue.push(id);
    return id;
  }
}
