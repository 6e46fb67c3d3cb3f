import fc from "fast-check";
import type { Failure } from "../model/outcome.ts";
import { deepEqual } from "./deep-equal.ts";

const LONGEST = 4_000;
const { stringify } = fc;

/** A rule was broken; the subject did not throw. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.what);
    this.failure = failure;
  }
}

/** The subject threw in a step of a script that has an answer. */
export class StepThrew extends Error {
  override readonly name = "StepThrew";
  readonly failure: Failure;

  constructor(failure: Failure, cause: unknown) {
    super(failure.what, { cause });
    this.failure = failure;
  }
}

/**
 * Holds when both are structurally equal: NaN equals NaN, 0 equals -0, objects by their own
 * enumerable properties, arrays, typed arrays, Maps and Sets (in order) by their items.
 * @param what what was looked at, as the candidate would write it: `has("a")`
 */
export function equal(actual: unknown, expected: unknown, what: string): void {
  if (deepEqual(actual, expected)) return;
  throw new Violation({ what, expected: literal(expected), actual: literal(actual) });
}

/** Holds when the numbers differ by at most `relative` of the larger, or 1e-12 near 0. */
export function close(actual: number, expected: number, what: string, relative = 1e-9): void {
  const allowed = Math.max(relative * Math.max(Math.abs(actual), Math.abs(expected)), 1e-12);
  if (Object.is(actual, expected) || Math.abs(actual - expected) <= allowed) return;
  throw new Violation({ what, expected: literal(expected), actual: literal(actual) });
}

/** Holds when `min <= actual <= max`; NaN never does. */
export function within(actual: number, min: number, max: number, what: string): void {
  if (actual >= min && actual <= max) return;
  throw new Violation({ what, expected: `${min} to ${max}`, actual: literal(actual) });
}

/** Holds when the condition is true; `expected` and `actual` are sentences. */
export function holds(condition: boolean, what: string, expected: string, actual: string): void {
  if (condition) return;
  throw new Violation({ what, expected, actual });
}

/**
 * Holds when the call throws one of the named errors. Names are compared, not classes: the subject
 * may bring a class of its own.
 */
export function throws(call: () => unknown, error: string | readonly string[], what: string): void {
  const accepted: readonly string[] = typeof error === "string" ? [error] : error;
  const expected = `throws ${accepted.join(" or ")}`;
  let result: unknown;
  try {
    result = call();
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    if (accepted.includes(name)) return;
    throw new Violation({ what, expected, actual: `threw ${String(thrown)}` });
  }
  throw new Violation({ what, expected, actual: `returned ${literal(result)}` });
}

/** Compared by its text. */
export interface Verbatim {
  readonly text: string;
  readonly [fc.toStringMethod]: () => string;
}

/** Text that a story shows as it is, without quotes. */
export function verbatim(text: string): Verbatim {
  return { text, [fc.toStringMethod]: () => text };
}

/** A value as a JavaScript literal, cut when it is very long. */
export function literal(value: unknown): string {
  const text = stringify(value);
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}… (${text.length} characters in all)`;
}
