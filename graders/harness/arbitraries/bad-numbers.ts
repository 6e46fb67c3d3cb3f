/** Numbers that are not an integer in [min, max]. */
export function notIntegersIn(min: number, max: number): number[] {
  const outside = [min - 1, max + 1].filter((value) => Number.isSafeInteger(value));
  return [...outside, min + 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
}
