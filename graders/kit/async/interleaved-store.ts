import type { Interleaving } from "./interleaving.ts";

/**
 * A remote key-value store. Each operation takes effect at one scheduling point and is answered at a
 * later one, so others may come in before, between and after: with a single point, the races between
 * reading and writing back would hide.
 */
export class InterleavedStore<Value> {
  readonly #interleaving: Interleaving;
  readonly #values = new Map<string, Value>();

  constructor(interleaving: Interleaving) {
    this.#interleaving = interleaving;
  }

  /** What is stored now, for the spec to look at: no scheduling point. */
  peek(key: string): Value | undefined {
    return this.#values.get(key);
  }

  get(key: string): Promise<Value | undefined> {
    return this.#operate(`get ${key}`, () => this.#values.get(key));
  }

  set(key: string, value: Value): Promise<void> {
    return this.#operate(`set ${key}`, () => {
      this.#values.set(key, value);
    });
  }

  /** Whether there was something to delete. */
  delete(key: string): Promise<boolean> {
    return this.#operate(`delete ${key}`, () => this.#values.delete(key));
  }

  /** Stores `next` if `expected` is what is stored (`undefined`: nothing); says whether it did. */
  compareAndSet(key: string, expected: Value | undefined, next: Value): Promise<boolean> {
    return this.#operate(`compareAndSet ${key}`, () => {
      if (!Object.is(this.#values.get(key), expected)) return false;
      this.#values.set(key, next);
      return true;
    });
  }

  async #operate<T>(label: string, effect: () => T): Promise<T> {
    await this.#interleaving.point(`${label} takes effect`);
    const answer = effect();
    await this.#interleaving.point(`${label} is answered`);
    return answer;
  }
}
