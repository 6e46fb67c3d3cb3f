/** @design A Map from key to slot, and the list as index arrays with free slots chained in them. */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

/** The end of a chain. */
const NONE = -1;

export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  readonly #slots = new Map<K, number>();
  readonly #keys: (K | undefined)[] = [];
  readonly #values: (V | undefined)[] = [];
  readonly #older: number[] = [];
  /** The next newer slot, or the next free one. */
  readonly #newer: number[] = [];
  #oldest = NONE;
  #newest = NONE;
  #free = NONE;

  constructor({ capacity, onEvict }: LruOptions<K, V>) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be an integer >= 1, got ${capacity}`);
    }
    this.#capacity = capacity;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#slots.size;
  }

  get(key: K): V | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    this.#unlink(slot);
    this.#append(slot);
    return this.#values[slot];
  }

  peek(key: K): V | undefined {
    const slot = this.#slots.get(key);
    return slot === undefined ? undefined : this.#values[slot];
  }

  has(key: K): boolean {
    return this.#slots.has(key);
  }

  set(key: K, value: V): void {
    const present = this.#slots.get(key);
    if (present !== undefined) {
      this.#values[present] = value;
      this.#unlink(present);
      this.#append(present);
      return;
    }
    const full = this.size === this.#capacity;
    const evictedKey = this.#keys[this.#oldest] as K;
    const evictedValue = this.#values[this.#oldest] as V;
    if (full) this.delete(evictedKey);
    const slot = this.#takeSlot();
    this.#slots.set(key, slot);
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.#append(slot);
    if (full) this.#onEvict?.(evictedKey, evictedValue);
  }

  delete(key: K): boolean {
    const slot = this.#slots.get(key);
    if (slot === undefined) return false;
    this.#slots.delete(key);
    this.#unlink(slot);
    this.#keys[slot] = undefined;
    this.#values[slot] = undefined;
    this.#newer[slot] = this.#free;
    this.#free = slot;
    return true;
  }

  clear(): void {
    this.#slots.clear();
    for (const array of [this.#keys, this.#values, this.#older, this.#newer]) array.length = 0;
    this.#oldest = NONE;
    this.#newest = NONE;
    this.#free = NONE;
  }

  keys(): K[] {
    const keys: K[] = [];
    for (let slot = this.#oldest; slot !== NONE; slot = this.#newer[slot]!) {
      keys.push(this.#keys[slot] as K);
    }
    return keys;
  }

  #takeSlot(): number {
    if (this.#free === NONE) return this.#keys.length;
    const slot = this.#free;
    this.#free = this.#newer[slot]!;
    return slot;
  }

  #unlink(slot: number): void {
    const older = this.#older[slot]!;
    const newer = this.#newer[slot]!;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
  }

  #append(slot: number): void {
    this.#older[slot] = this.#newest;
    this.#newer[slot] = NONE;
    if (this.#newest === NONE) this.#oldest = slot;
    else this.#newer[this.#newest] = slot;
    this.#newest = slot;
  }
}
