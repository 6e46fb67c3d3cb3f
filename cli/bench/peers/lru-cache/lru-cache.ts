import { LRUCache as Peer } from "lru-cache";
import type * as Stub from "../../../../katas/caching/lru-cache/stub.ts";

export class LruCache<K extends {}, V extends {}> {
  readonly #cache: Peer<K, V>;

  constructor({ capacity }: Stub.LruOptions<K, V>) {
    this.#cache = new Peer({ max: capacity });
  }

  get(key: K): V | undefined {
    return this.#cache.get(key);
  }

  set(key: K, value: V): void {
    this.#cache.set(key, value);
  }
}
