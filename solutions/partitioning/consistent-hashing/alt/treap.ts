/** @design A balanced tree (treap) of the virtual nodes: a change moves no other point. */
import type {
  HashRingOptions,
  RingHash,
} from "../../../../katas/partitioning/consistent-hashing/stub.ts";

interface Leaf {
  readonly position: number;
  readonly name: string;
  readonly priority: number;
  left: Leaf | undefined;
  right: Leaf | undefined;
}

export class HashRing {
  readonly #options: Required<HashRingOptions>;
  /** Distinct positions of each node. */
  readonly #members = new Map<string, Set<number>>();
  #root: Leaf | undefined;
  #priority = 1;

  constructor(options: HashRingOptions) {
    const { hash, space = 2 ** 32, vnodes = 128 } = options;
    check(space, 1, 2 ** 32);
    check(vnodes, 1, 1_024);
    this.#options = { hash, space, vnodes };
  }

  add(node: string, vnodes: number = this.#options.vnodes): boolean {
    if (typeof node !== "string") throw new TypeError("node must be a string");
    if (node === "") throw new RangeError("node must not be empty");
    check(vnodes, 1, 1_024);
    if (this.#members.has(node)) return false;
    const positions = new Set<number>();
    for (let i = 0; i < vnodes; i += 1) {
      positions.add(this.#position(i === 0 ? node : `${node}#${i}`));
    }
    for (const position of positions) {
      const [before, after] = split(this.#root, position, node);
      // A linear congruence (Numerical Recipes) is chance enough: nobody chooses the priorities.
      this.#priority = (Math.imul(this.#priority, 1_664_525) + 1_013_904_223) >>> 0;
      const leaf = {
        position,
        name: node,
        priority: this.#priority,
        left: undefined,
        right: undefined,
      };
      this.#root = join(join(before, leaf), after);
    }
    this.#members.set(node, positions);
    return true;
  }

  remove(node: string): boolean {
    const positions = this.#members.get(node);
    if (positions === undefined) return false;
    this.#members.delete(node);
    for (const position of positions) this.#root = without(this.#root, position, node);
    return true;
  }

  nodes(): string[] {
    return [...this.#members.keys()].sort();
  }

  owner(key: string): string | undefined {
    const position = this.#position(key);
    return (firstFrom(this.#root, position) ?? firstFrom(this.#root, 0))?.name;
  }

  owners(key: string, count: number): string[] {
    check(count, 0, Infinity);
    const wanted = Math.min(count, this.#members.size);
    const met = new Set<string>();
    const position = this.#position(key);
    for (const [from, to] of [
      [position, Infinity],
      [0, position],
    ] as const) {
      if (met.size < wanted) collect(this.#root, from, to, met, wanted);
    }
    return [...met];
  }

  share(node: string): number {
    const { space } = this.#options;
    const leaves: Leaf[] = [];
    visit(this.#root, (leaf) => leaves.push(leaf));
    const owned = leaves.map(({ position, name }, i) => {
      const previous = leaves[i - 1]?.position ?? leaves.at(-1)!.position - space;
      return name === node ? position - previous : 0;
    });
    return owned.reduce((sum, points) => sum + points, 0) / space;
  }

  #position(text: string): number {
    const { hash, space }: { hash: RingHash; space: number } = this.#options;
    return hash(text) % space;
  }
}

function isBefore(leaf: Leaf, position: number, name: string): boolean {
  return leaf.position < position || (leaf.position === position && leaf.name < name);
}

/** Those before (position, name), and the rest. */
function split(
  root: Leaf | undefined,
  position: number,
  name: string,
): [Leaf | undefined, Leaf | undefined] {
  if (root === undefined) return [undefined, undefined];
  if (isBefore(root, position, name)) {
    const [before, after] = split(root.right, position, name);
    root.right = before;
    return [root, after];
  }
  const [before, after] = split(root.left, position, name);
  root.left = after;
  return [before, root];
}

function join(before: Leaf | undefined, after: Leaf | undefined): Leaf | undefined {
  if (before === undefined || after === undefined) return before ?? after;
  if (before.priority > after.priority) {
    before.right = join(before.right, after);
    return before;
  }
  after.left = join(before, after.left);
  return after;
}

function without(root: Leaf | undefined, position: number, name: string): Leaf | undefined {
  if (root === undefined) return undefined;
  if (root.position === position && root.name === name) return join(root.left, root.right);
  if (isBefore(root, position, name)) root.right = without(root.right, position, name);
  else root.left = without(root.left, position, name);
  return root;
}

function firstFrom(root: Leaf | undefined, position: number): Leaf | undefined {
  let found: Leaf | undefined;
  for (let leaf = root; leaf !== undefined;) {
    if (leaf.position < position) leaf = leaf.right;
    else [found, leaf] = [leaf, leaf.left];
  }
  return found;
}

/** Adds the names of positions in [from, to), ascending, until there are enough. */
function collect(
  root: Leaf | undefined,
  from: number,
  to: number,
  met: Set<string>,
  wanted: number,
): void {
  if (root === undefined || met.size === wanted) return;
  if (root.position >= from) collect(root.left, from, to, met, wanted);
  if (met.size === wanted) return;
  if (root.position >= from && root.position < to) met.add(root.name);
  if (root.position < to) collect(root.right, from, to, met, wanted);
}

function visit(root: Leaf | undefined, each: (leaf: Leaf) => void): void {
  if (root === undefined) return;
  visit(root.left, each);
  each(root);
  visit(root.right, each);
}

function check(value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) throw new RangeError(`got ${value}`);
}
