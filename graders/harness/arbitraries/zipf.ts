import { SeededRandom } from "../../kit/seeded-random.ts";

/**
 * `count` indexes in [0, universe), index i with weight 1 / (i + 1)^exponent: few hot keys and a
 * long tail, as caches see them. The same arguments give the same list.
 */
export function zipfIndexes(
  count: number,
  universe: number,
  { exponent = 1, seed = 1 }: { exponent?: number; seed?: number } = {},
): number[] {
  const cumulative = new Float64Array(universe);
  let total = 0;
  for (let i = 0; i < universe; i += 1) {
    total += 1 / (i + 1) ** exponent;
    cumulative[i] = total;
  }
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => firstAtLeast(cumulative, random.next() * total));
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
