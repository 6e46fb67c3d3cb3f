/**
 * @bug Keeps the options object and reads the capacity from it at every set.
 * @killedBy matches-model
 */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K, V> {
  readonly #options: LruOptions<K, V>;
  readonly #map = new Map<K, V>();

  constructor(options: LruOptions<K, V>) {
    const { capacity } = options;
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be an integer >= 1, got ${capacity}`);
    }
    this.#options = options;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: K): V | undefined {
    if (!this.#map.has(key)) return undefined;
    const value = this.#map.get(key) as V;
    this.#map.delete(key);
    this.#map.set(key, value);
    return value;
  }

  peek(key: K): V | undefined {
    return this.#map.get(key);
  }

  has(key: K): boolean {
    return this.#map.has(key);
  }

  set(key: K, value: V): void {
    if (this.#map.delete(key) || this.#map.size < this.#options.capacity) {
      this.#map.set(key, value);
      return;
    }
    const [oldest] = this.#map as Iterable<[K, V]>;
    this.#map.delete(oldest![0]);
    this.#map.set(key, value);
    this.#options.onEvict?.(...oldest!);
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
