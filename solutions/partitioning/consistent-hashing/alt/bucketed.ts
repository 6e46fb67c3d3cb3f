/** @design Two parallel arrays, merged by hand, behind a table of the first point in each stretch. */
import type {
  HashRingOptions,
  RingHash,
} from "../../../../katas/partitioning/consistent-hashing/stub.ts";

export class HashRing {
  readonly #hash: RingHash;
  readonly #space: number;
  readonly #vnodes: number;
  readonly #nodes = new Map<string, number>();
  #positions: number[] = [];
  #names: string[] = [];
  /** For each of `length` equal stretches of the ring, the first point at or after its start. */
  #table: Int32Array = new Int32Array(1);

  constructor({ hash, space = 2 ** 32, vnodes = 128 }: HashRingOptions) {
    if (!Number.isInteger(space) || space < 1 || space > 2 ** 32) throw new RangeError("space");
    checkVnodes(vnodes);
    this.#hash = hash;
    this.#space = space;
    this.#vnodes = vnodes;
  }

  add(node: string, vnodes: number = this.#vnodes): boolean {
    if (typeof node !== "string") throw new TypeError("node must be a string");
    if (node === "") throw new RangeError("node must not be empty");
    checkVnodes(vnodes);
    if (this.#nodes.has(node)) return false;
    this.#nodes.set(node, vnodes);

    const fresh = new Float64Array(vnodes);
    for (let i = 0; i < vnodes; i += 1) {
      fresh[i] = this.#hash(i === 0 ? node : `${node}#${i}`) % this.#space;
    }
    fresh.sort();
    const positions: number[] = [];
    const names: string[] = [];
    let taken = 0;
    const takeUpTo = (position: number, name: string): void => {
      for (; taken < vnodes && fresh[taken]! <= position; taken += 1) {
        if (fresh[taken]! === position && node > name) return;
        positions.push(fresh[taken]!);
        names.push(node);
      }
    };
    for (let i = 0; i < this.#positions.length; i += 1) {
      takeUpTo(this.#positions[i]!, this.#names[i]!);
      positions.push(this.#positions[i]!);
      names.push(this.#names[i]!);
    }
    for (; taken < vnodes; taken += 1) {
      positions.push(fresh[taken]!);
      names.push(node);
    }
    this.#replace(positions, names);
    return true;
  }

  remove(node: string): boolean {
    if (!this.#nodes.delete(node)) return false;
    const positions: number[] = [];
    const names: string[] = [];
    this.#names.forEach((name, i) => {
      if (name === node) return;
      positions.push(this.#positions[i]!);
      names.push(name);
    });
    this.#replace(positions, names);
    return true;
  }

  nodes(): string[] {
    return [...this.#nodes.keys()].sort();
  }

  owner(key: string): string | undefined {
    if (this.#names.length === 0) return undefined;
    return this.#names[this.#find(key)];
  }

  owners(key: string, count: number): string[] {
    if (!Number.isInteger(count) || count < 0) throw new RangeError("count");
    const list: string[] = [];
    if (this.#names.length === 0) return list;
    const start = this.#find(key);
    for (let i = 0; i < this.#names.length && list.length < count; i += 1) {
      const name = this.#names[(start + i) % this.#names.length]!;
      if (!list.includes(name)) list.push(name);
      if (list.length === this.#nodes.size) break;
    }
    return list;
  }

  share(node: string): number {
    let share = 0;
    for (let i = 0; i < this.#names.length; i += 1) {
      if (this.#names[i] !== node) continue;
      const before = i === 0 ? this.#positions.at(-1)! - this.#space : this.#positions[i - 1]!;
      share += (this.#positions[i]! - before) / this.#space;
    }
    return share;
  }

  /** Index of the first point at or after the key, wrapped. */
  #find(key: string): number {
    const position = this.#hash(key) % this.#space;
    const stretch = Math.floor((position / this.#space) * this.#table.length);
    let index = this.#table[stretch]!;
    while (index < this.#positions.length && this.#positions[index]! < position) index += 1;
    return index === this.#positions.length ? 0 : index;
  }

  #replace(positions: number[], names: string[]): void {
    this.#positions = positions;
    this.#names = names;
    const table = new Int32Array(Math.max(1, positions.length));
    let index = 0;
    for (let stretch = 0; stretch < table.length; stretch += 1) {
      // Not later than the first key that `#find` sends here, whichever way a division rounds.
      const start = Math.floor((stretch / table.length) * this.#space) - 1;
      while (index < positions.length && positions[index]! < start) index += 1;
      table[stretch] = index;
    }
    this.#table = table;
  }
}

function checkVnodes(vnodes: number): void {
  if (!Number.isInteger(vnodes) || vnodes < 1 || vnodes > 1_024) throw new RangeError("vnodes");
}
