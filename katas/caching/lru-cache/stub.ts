export interface LruOptions<K, V> {
  /** The most entries the cache may hold, an integer >= 1. */
  readonly capacity: number;
  /** Called once for each entry that is evicted to make room, with its key and value. */
  readonly onEvict?: (key: K, value: V) => void;
}

/** A map of bounded size: when it is full, a new key takes the place of the one unused for longest. */
export class LruCache<K, V> {
  /** @throws RangeError when capacity is not an integer >= 1. */
  constructor(options: LruOptions<K, V>) {
    throw new Error("unimplemented: LruCache.constructor");
  }

  /** The number of entries held, from 0 to capacity. */
  get size(): number {
    throw new Error("unimplemented: LruCache.size");
  }

  /** The value of a key, or undefined when it is not held. A use of the key. O(1). */
  get(key: K): V | undefined {
    throw new Error("unimplemented: LruCache.get");
  }

  /** As get, but not a use: the order stays as it is. O(1). */
  peek(key: K): V | undefined {
    throw new Error("unimplemented: LruCache.peek");
  }

  /** Whether the key is held. Not a use. O(1). */
  has(key: K): boolean {
    throw new Error("unimplemented: LruCache.has");
  }

  /**
   * Stores a value. A use of the key, new or present. A new key on a full cache evicts the least
   * recently used entry. O(1).
   * @throws whatever onEvict throws; the new entry is held all the same.
   */
  set(key: K, value: V): void {
    throw new Error("unimplemented: LruCache.set");
  }

  /** Removes a key; true when it was held. Does not call onEvict. O(1). */
  delete(key: K): boolean {
    throw new Error("unimplemented: LruCache.delete");
  }

  /** Removes everything. Does not call onEvict. */
  clear(): void {
    throw new Error("unimplemented: LruCache.clear");
  }

  /** The keys held, least recently used first, in a fresh array. Not a use. O(size). */
  keys(): K[] {
    throw new Error("unimplemented: LruCache.keys");
  }
}
