import fc from "fast-check";
import { keys } from "./keys.ts";

const PLAIN = Array.from("abcdefghijklmnopqrstuvwxyz");

/**
 * From `min` to `max` (at most 26) distinct ids: "a", "b", "c", …, or odd ones. They shrink to the
 * plain ones.
 */
export function names(min: number, max: number): fc.Arbitrary<string[]> {
  const plain = fc.integer({ min, max }).map((count) => PLAIN.slice(0, count));
  const odd = fc.uniqueArray(keys(), { minLength: min, maxLength: max, size: "max" });
  return fc.oneof({ withCrossShrink: true }, plain, odd);
}
