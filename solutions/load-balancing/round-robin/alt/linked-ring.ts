/** @design A circular linked list and a pointer to the node that is next; all calls take O(1). */
interface Node {
  readonly id: string;
  before: Node;
  after: Node;
}

export class RoundRobin {
  readonly #nodes = new Map<string, Node>();
  #next: Node | undefined;

  constructor(ids: Iterable<string> = []) {
    for (const id of ids) this.add(id);
  }

  get size(): number {
    return this.#nodes.size;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#nodes.has(id)) return false;
    const after = this.#next;
    const node = { id } as Node;
    node.before = after?.before ?? node;
    node.after = after ?? node;
    node.before.after = node;
    node.after.before = node;
    this.#next ??= node;
    this.#nodes.set(id, node);
    return true;
  }

  remove(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    const node = this.#nodes.get(id);
    if (node === undefined) return false;
    this.#nodes.delete(id);
    node.before.after = node.after;
    node.after.before = node.before;
    if (this.#next === node) this.#next = this.#nodes.size === 0 ? undefined : node.after;
    return true;
  }

  pick(): string | undefined {
    const node = this.#next;
    this.#next = node?.after;
    return node?.id;
  }
}
