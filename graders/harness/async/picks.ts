import fc from "fast-check";

/** Picks for an interleaving of up to `most` actions at a time; they shrink towards the order of waiting. */
export function picks(most = 4, points = 40): fc.Arbitrary<number[]> {
  return fc.array(fc.nat(most - 1), { maxLength: points, size: "max" });
}
