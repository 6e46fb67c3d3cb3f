import { say } from "../../graders/reading.ts";

/**
 * Expected and actual, cut to what can be read. Both are cut alike, around the first character in
 * which they differ, so that two different values never look the same.
 */
export function aroundDifference(
  expected: string | undefined,
  actual: string | undefined,
  longest: number,
): { expected: string | undefined; actual: string | undefined } {
  if (expected === undefined || actual === undefined) return { expected, actual };
  if (expected.length <= longest && actual.length <= longest) return { expected, actual };
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at += 1;
  const from = Math.max(0, at - Math.floor(longest / 3));
  const cut = (text: string): string => {
    const before = from === 0 ? "" : say`(from character ${from + 1}) …`;
    const after = from + longest < text.length ? "…" : "";
    return `${before}${text.slice(from, from + longest)}${after}`;
  };
  return { expected: cut(expected), actual: cut(actual) };
}
