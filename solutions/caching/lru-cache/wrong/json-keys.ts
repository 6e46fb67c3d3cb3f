/**
 * @bug Finds entries by the JSON text of the key: NaN is null, and all empty objects are one.
 * @killedBy matches-model
 */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  readonly #map = new Map<string, [K, V]>();

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
    const entry = this.#map.get(textOf(key));
    if (entry === undefined) return undefined;
    this.#map.delete(textOf(key));
    this.#map.set(textOf(key), entry);
    return entry[1];
  }

  peek(key: K): V | undefined {
    return this.#map.get(textOf(key))?.[1];
  }

  has(key: K): boolean {
    return this.#map.has(textOf(key));
  }

  set(key: K, value: V): void {
    if (this.delete(key) || this.size < this.#capacity) {
      this.#map.set(textOf(key), [key, value]);
      return;
    }
    const [oldest] = this.#map as Iterable<[string, [K, V]]>;
    this.#map.delete(oldest![0]);
    this.#map.set(textOf(key), [key, value]);
    this.#onEvict?.(...oldest![1]);
  }

  delete(key: K): boolean {
    return this.#map.delete(textOf(key));
  }

  clear(): void {
    this.#map.clear();
  }

  keys(): K[] {
    return [...this.#map.values()].map(([key]) => key);
  }
}

function textOf(key: unknown): string {
  return typeof key === "bigint" ? `${key}n` : JSON.stringify(key);
}
