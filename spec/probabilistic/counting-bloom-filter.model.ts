/** What `counting-bloom-filter` is asked: keys, sizes, and scripts of adds and removes. */
import fc from "fast-check";
import { keysOrEmpty } from "kata/harness";

export interface Size {
  readonly n: number;
  readonly p: number;
}
type Step = { readonly add: string; readonly times: number } | { readonly remove: string };

export const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
export const list = (from: number, to: number, key: (i: number) => string): string[] =>
  Array.from({ length: to - from }, (_, index) => key(from + index));
export const numbered = (i: number): string => `key-${i}`;
export const strangers = list(0, 60, (i) => `stranger-${i}`);
export const quote = (key: string): string => JSON.stringify(key);
export const uniqueKeys = (minLength: number, maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(keysOrEmpty(), { minLength, maxLength, size: "max" });

/** Adds and removes in which no key is removed more often than it was added. */
export const scripts = fc
  .record({
    size: fc.record({ n: range(1, 8), p: fc.constantFrom(0.5, 0.1, 0.01) }),
    keys: uniqueKeys(2, 12),
    moves: fc.array(
      fc.record({
        who: fc.nat(11),
        times: fc.oneof(fc.constant(0), fc.constant(0), fc.constant(1), range(1, 20)),
      }),
      { minLength: 1, maxLength: 30, size: "max" },
    ),
  })
  .map(({ size, keys, moves }) => {
    const counts = new Map<string, number>();
    const steps = moves.map(({ who, times }): Step => {
      const key = keys[who % keys.length]!;
      const count = counts.get(key) ?? 0;
      const isRemove = times === 0 && count > 0;
      counts.set(key, isRemove ? count - 1 : count + Math.max(1, times));
      return isRemove ? { remove: key } : { add: key, times: Math.max(1, times) };
    });
    return { setup: size, steps };
  });

export const sizes = fc.record({
  n: fc.oneof(range(1, 300), range(1, 1_000_000)),
  p: fc.oneof(
    range(1, 99).map((percent) => percent / 100),
    range(1, 6).map((digits) => 10 ** -digits),
  ),
});
