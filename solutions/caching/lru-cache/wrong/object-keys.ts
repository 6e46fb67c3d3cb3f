/**
 * @bug Keeps entries in a plain object, which turns keys into strings and puts numbers first.
 * @killedBy matches-model
 */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  #entries: Record<string, V> = {};

  constructor({ capacity, onEvict }: LruOptions<K, V>) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be an integer >= 1, got ${capacity}`);
    }
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return Object.keys(this.#entries).length;
  }

  get(key: K): V | undefined {
    if (!this.has(key)) return undefined;
    const value = this.#entries[String(key)] as V;
    delete this.#entries[String(key)];
    this.#entries[String(key)] = value;
    return value;
  }

  peek(key: K): V | undefined {
    return this.#entries[String(key)];
  }

  has(key: K): boolean {
    return String(key) in this.#entries;
  }

  set(key: K, value: V): void {
    const present = this.delete(key);
    const [oldest] = Object.entries(this.#entries);
    const full = !present && this.size === this.#capacity;
    if (full) delete this.#entries[oldest![0]];
    this.#entries[String(key)] = value;
    if (full) this.#onEvict?.(oldest![0] as K, oldest![1]);
  }

  delete(key: K): boolean {
    const held = this.has(key);
    delete this.#entries[String(key)];
    return held;
  }

  clear(): void {
    this.#entries = {};
  }

  keys(): K[] {
    return Object.keys(this.#entries) as K[];
  }
}
