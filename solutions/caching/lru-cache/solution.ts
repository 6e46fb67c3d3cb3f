import type { LruOptions } from "../../../katas/caching/lru-cache/stub.ts";

/*
 * Idea: two structures share the entries. A Map finds an entry by its key; a doubly linked list
 * keeps all entries in order of use, so the oldest is at one end and a used one can be unlinked
 * from the middle without a search. One sentinel closes the list into a ring: no end is special.
 *
 * Cost: every operation O(1) but keys, O(size); one entry object and one place in the Map a key.
 * Invariant: the list holds exactly the entries of the Map, and each is newer than its `older`.
 */
export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  readonly #entries = new Map<K, Entry<K, V>>();
  /** The sentinel: what is newer than it is the oldest entry, what is older is the newest. */
  readonly #ends = new Entry<K, V>(undefined as K, undefined as V);

  constructor({ capacity, onEvict }: LruOptions<K, V>) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be an integer >= 1, got ${capacity}`);
    }
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#unlink(entry);
    this.#linkAsNewest(entry);
    return entry.value;
  }

  peek(key: K): V | undefined {
    return this.#entries.get(key)?.value;
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    const present = this.#entries.get(key);
    if (present !== undefined) {
      present.value = value;
      this.#unlink(present);
      this.#linkAsNewest(present);
      return;
    }
    const evicted = this.size === this.#capacity ? this.#ends.newer : undefined;
    if (evicted !== undefined) this.#remove(evicted);
    const entry = new Entry(key, value);
    this.#entries.set(key, entry);
    this.#linkAsNewest(entry);
    // Last of all: a hook that throws or calls back must not find the work half done.
    if (evicted !== undefined) this.#onEvict?.(evicted.key, evicted.value);
  }

  delete(key: K): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#remove(entry);
    return true;
  }

  clear(): void {
    this.#entries.clear();
    this.#ends.newer = this.#ends;
    this.#ends.older = this.#ends;
  }

  keys(): K[] {
    const keys: K[] = [];
    for (let entry = this.#ends.newer; entry !== this.#ends; entry = entry.newer) {
      keys.push(entry.key);
    }
    return keys;
  }

  #remove(entry: Entry<K, V>): void {
    this.#entries.delete(entry.key);
    this.#unlink(entry);
  }

  #unlink({ older, newer }: Entry<K, V>): void {
    older.newer = newer;
    newer.older = older;
  }

  #linkAsNewest(entry: Entry<K, V>): void {
    const newest = this.#ends.older;
    entry.older = newest;
    entry.newer = this.#ends;
    newest.newer = entry;
    this.#ends.older = entry;
  }
}

/** A place in the list; a ring of its own until it is linked. */
class Entry<K, V> {
  readonly key: K;
  value: V;
  older: Entry<K, V> = this;
  newer: Entry<K, V> = this;

  constructor(key: K, value: V) {
    this.key = key;
    this.value = value;
  }
}
