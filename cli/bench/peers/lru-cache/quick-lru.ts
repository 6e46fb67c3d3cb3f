import Peer from "quick-lru";
import type * as Stub from "../../../../katas/caching/lru-cache/stub.ts";

export const note = "approximate: keeps up to twice the capacity, and evicts half of it at once";

export class LruCache<K, V> {
  readonly #cache: Peer<K, V>;

  constructor({ capacity }: Stub.LruOptions<K, V>) {
    this.#cache = new Peer({ maxSize: capacity });
  }

  get(key: K): V | undefined {
    return this.#cache.get(key);
  }

  set(key: K, value: V): void {
    this.#cache.set(key, value);
  }
}
