/**
 * @bug A get leaves the key where it is; only set counts as a use.
 * @killedBy matches-model
 */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  readonly #map = new Map<K, V>();

  constructor({ capacity, onEvict }: LruOptions<K, V>) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be an integer >= 1, got ${capacity}`);
    }
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  peek(key: K): V | undefined {
    return this.#map.get(key);
  }

  has(key: K): boolean {
    return this.#map.has(key);
  }

  set(key: K, value: V): void {
    if (this.#map.delete(key) || this.#map.size < this.#capacity) {
      this.#map.set(key, value);
      return;
    }
    const [oldest] = this.#map as Iterable<[K, V]>;
    this.#map.delete(oldest![0]);
    this.#map.set(key, value);
    this.#onEvict?.(...oldest!);
  }

  delete(key: K): boolean {
    return this.#map.delete(key);
  }

  clear(): void {
    this.#map.clear();
  }

  keys(): K[] {
    return [...this.#map.keys()];
  }
}
