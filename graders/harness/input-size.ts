/**
 * How big a generated input is, as a word and a number: the length of the longest list or text in
 * it, at most two levels deep. Undefined when it holds neither.
 */
export function inputSize(input: unknown): string | undefined {
  const longest = longestIn(input, 2);
  if (longest === undefined) return undefined;
  const { length, isText } = longest;
  return isText ? `a text of ${length}` : `a list of ${length}`;
}

interface Longest {
  readonly length: number;
  readonly isText: boolean;
}

function longestIn(value: unknown, depth: number): Longest | undefined {
  if (typeof value === "string") return { length: value.length, isText: true };
  if (typeof value !== "object" || value === null) return undefined;
  const own = Array.isArray(value) ? { length: value.length, isText: false } : undefined;
  if (depth === 0) return own;
  return Object.values(value)
    .map((part) => longestIn(part, depth - 1))
    .reduce((best, each) => ((each?.length ?? -1) > (best?.length ?? -1) ? each : best), own);
}
