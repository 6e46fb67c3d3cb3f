/**
 * @bug Stamps each use with a counter and scans all entries for the lowest stamp at every eviction.
 * @killedBy budget:churn
 */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  readonly #entries = new Map<K, { value: V; usedAt: number }>();
  #uses = 0;

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
    if (entry !== undefined) entry.usedAt = this.#uses += 1;
    return entry?.value;
  }

  peek(key: K): V | undefined {
    return this.#entries.get(key)?.value;
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    const full = !this.#entries.has(key) && this.size === this.#capacity;
    let oldest: [K, { value: V; usedAt: number }] | undefined;
    if (full) {
      for (const entry of this.#entries) {
        if (oldest === undefined || entry[1].usedAt < oldest[1].usedAt) oldest = entry;
      }
    }
    if (oldest !== undefined) this.#entries.delete(oldest[0]);
    this.#entries.set(key, { value, usedAt: (this.#uses += 1) });
    if (oldest !== undefined) this.#onEvict?.(oldest[0], oldest[1].value);
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  keys(): K[] {
    const byUse = [...this.#entries].sort(([, a], [, b]) => a.usedAt - b.usedAt);
    return byUse.map(([key]) => key);
  }
}
