/**
 * @bug keys returns the array in which the cache keeps its order.
 * @killedBy matches-model
 */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  readonly #values = new Map<K, V>();
  readonly #order: K[] = [];

  constructor({ capacity, onEvict }: LruOptions<K, V>) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be an integer >= 1, got ${capacity}`);
    }
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: K): V | undefined {
    if (!this.#values.has(key)) return undefined;
    this.#forget(key);
    this.#order.push(key);
    return this.#values.get(key);
  }

  peek(key: K): V | undefined {
    return this.#values.get(key);
  }

  has(key: K): boolean {
    return this.#values.has(key);
  }

  set(key: K, value: V): void {
    const present = this.#values.has(key);
    const full = !present && this.size === this.#capacity;
    const oldest = this.#order[0] as K;
    const evicted = this.#values.get(oldest) as V;
    if (full) this.delete(oldest);
    if (present) this.#forget(key);
    this.#values.set(key, value);
    this.#order.push(key);
    if (full) this.#onEvict?.(oldest, evicted);
  }

  delete(key: K): boolean {
    if (this.#values.has(key)) this.#forget(key);
    return this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
    this.#order.length = 0;
  }

  keys(): K[] {
    return this.#order;
  }

  #forget(key: K): void {
    const isNaNKey = Number.isNaN(key);
    const at = isNaNKey ? this.#order.findIndex(Number.isNaN) : this.#order.indexOf(key);
    this.#order.splice(at, 1);
  }
}
