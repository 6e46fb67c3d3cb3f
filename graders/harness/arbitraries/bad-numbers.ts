import type { ThrowCase } from "../check.ts";

/** Numbers that are not an integer in [min, max]. */
export function notIntegersIn(min: number, max: number): number[] {
  const outside = [min - 1, max + 1].filter((value) => Number.isSafeInteger(value));
  return [...outside, min + 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
}

/** Calls of a constructor in each of which one option is not an integer in its range. */
export function badOptions<Name extends string>(
  className: string,
  ranges: Readonly<Record<Name, readonly [min: number, max: number]>>,
  build: (changes: Partial<Record<Name, number>>) => unknown,
): ThrowCase[] {
  return (Object.keys(ranges) as Name[]).flatMap((name) =>
    notIntegersIn(ranges[name][0], ranges[name][1]).map((value) => ({
      call: `new ${className}({ ..., ${name}: ${value} })`,
      error: "RangeError",
      run: () => build({ [name]: value } as Partial<Record<Name, number>>),
    })),
  );
}
