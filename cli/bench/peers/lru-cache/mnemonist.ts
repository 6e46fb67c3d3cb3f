import { LRUMap as Peer } from "mnemonist";
import type * as Stub from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K, V> {
  readonly #cache: Peer<K, V>;

  constructor({ capacity }: Stub.LruOptions<K, V>) {
    this.#cache = new Peer(capacity);
  }

  get(key: K): V | undefined {
    return this.#cache.get(key);
  }

  set(key: K, value: V): void {
    this.#cache.set(key, value);
  }
}
