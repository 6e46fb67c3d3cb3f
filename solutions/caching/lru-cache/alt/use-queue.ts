/** @design A queue of uses with stale ones skipped at eviction and swept out when they prevail. */
import type { LruOptions } from "../../../../katas/caching/lru-cache/stub.ts";

interface Use<K> {
  readonly key: K;
  readonly turn: number;
}

export class LruCache<K, V> {
  readonly #capacity: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  /** A value and the turn of its latest use; older uses in the queue are stale. */
  readonly #entries = new Map<K, { value: V; turn: number }>();
  #queue: Use<K>[] = [];
  #head = 0;
  #turns = 0;

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
    entry.turn = this.#use(key);
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
      present.turn = this.#use(key);
      return;
    }
    if (this.size < this.#capacity) {
      this.#entries.set(key, { value, turn: this.#use(key) });
      return;
    }
    while (this.#isStale(this.#queue[this.#head]!)) this.#head += 1;
    const oldest = this.#queue[this.#head]!.key;
    const evicted = this.#entries.get(oldest)!.value;
    this.#entries.delete(oldest);
    this.#entries.set(key, { value, turn: this.#use(key) });
    this.#onEvict?.(oldest, evicted);
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#queue = [];
    this.#head = 0;
  }

  keys(): K[] {
    this.#sweep();
    return this.#queue.map(({ key }) => key);
  }

  #use(key: K): number {
    if (this.#queue.length > 2 * this.size + 64) this.#sweep();
    this.#turns += 1;
    this.#queue.push({ key, turn: this.#turns });
    return this.#turns;
  }

  #sweep(): void {
    this.#queue = this.#queue.slice(this.#head).filter((use) => !this.#isStale(use));
    this.#head = 0;
  }

  #isStale({ key, turn }: Use<K>): boolean {
    return this.#entries.get(key)?.turn !== turn;
  }
}
