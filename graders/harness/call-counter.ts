/**
 * Counts what a subject does to the objects it is given: calls of a comparator, reads of a store,
 * messages on a network. Counts are exact and the same on every machine, so they may decide where
 * time cannot.
 */
export class CallCounter {
  readonly #byName = new Map<string, number>();

  /** Everything counted so far. */
  get total(): number {
    let total = 0;
    for (const count of this.#byName.values()) total += count;
    return total;
  }

  /** What was counted under one name: a method's, or `call` for a function. 0 when nothing was. */
  of(name: string): number {
    return this.#byName.get(name) ?? 0;
  }

  /** Counts by hand what is no call: bytes, rows. @throws RangeError when `amount` is negative or not finite. */
  add(name: string, amount: number): void {
    if (!Number.isFinite(amount) || amount < 0) throw new RangeError("amount must be 0 or more");
    this.#byName.set(name, this.of(name) + amount);
  }

  /**
   * The same function or object, with each call counted: a function under `call`, an object's
   * methods under their names (only those listed, when a list is given). Calls that throw count too.
   */
  watch<T extends object>(target: T, methods?: readonly (keyof T & string)[]): T {
    const count = (name: string): void => this.add(name, 1);
    if (typeof target === "function") {
      return new Proxy(target, {
        apply: (call, self, args) => {
          count("call");
          return Reflect.apply(call as unknown as () => unknown, self, args) as unknown;
        },
      });
    }
    const wanted = methods === undefined ? undefined : new Set<string>(methods);
    return new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== "function" || typeof name === "symbol") return value;
        if (wanted !== undefined && !wanted.has(name)) return value.bind(object) as unknown;
        return (...args: unknown[]) => {
          count(name);
          return Reflect.apply(value as () => unknown, object, args) as unknown;
        };
      },
    });
  }
}
