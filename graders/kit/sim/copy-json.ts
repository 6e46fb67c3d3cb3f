import type { Json } from "./node.ts";

const DEEPEST = 64;
const LARGEST = 256 * 1024;

export interface JsonCopy {
  readonly value: Json;
  /** Length of its JSON text, without escapes. */
  readonly size: number;
}

/** Why a value is refused; found a second time, slowly, with the place. */
class Refused extends Error {}

let size = 0;

/**
 * A deep copy of JSON data. Properties that are undefined are left out, -0 becomes 0.
 * @throws TypeError that says what is in the way and where: functions, symbols, bigints, NaN,
 *   infinities, undefined in arrays, instances of classes, cycles, more than 64 levels or 256 KiB.
 */
export function copyJson(value: unknown, what: string): JsonCopy {
  size = 0;
  try {
    const copy = copyValue(value, 0);
    return { value: copy, size };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new TypeError(`${what} must be JSON data: ${explain(value)}`, { cause: error });
  }
}

/** A copy of what `copyJson` has made: nothing is checked again. */
export function cloneJson(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(cloneJson);
  const copy: { [key: string]: Json } = {};
  for (const key of Object.keys(value)) put(copy, key, cloneJson(value[key]!));
  return copy;
}

function copyValue(value: unknown, depth: number): Json {
  switch (typeof value) {
    case "string":
      grow(value.length + 2);
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new Refused();
      grow(digits(value));
      return value === 0 ? 0 : value;
    case "boolean":
      grow(value ? 4 : 5);
      return value;
    case "object":
      if (value === null) {
        grow(4);
        return null;
      }
      if (depth >= DEEPEST) throw new Refused();
      return Array.isArray(value) ? copyArray(value, depth) : copyObject(value, depth);
    default:
      throw new Refused();
  }
}

function copyArray(items: readonly unknown[], depth: number): Json[] {
  const { length } = items;
  grow(2 + Math.max(0, length - 1));
  const copy: Json[] = [];
  for (let i = 0; i < length; i += 1) copy.push(copyValue(items[i], depth + 1));
  return copy;
}

function copyObject(value: object, depth: number): { [key: string]: Json } {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new Refused();
  const copy: { [key: string]: Json } = {};
  grow(2);
  let isFirst = true;
  for (const key of Object.keys(value)) {
    const member: unknown = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    grow(key.length + (isFirst ? 3 : 4));
    isFirst = false;
    put(copy, key, copyValue(member, depth + 1));
  }
  return copy;
}

/** `copy["__proto__"] = x` would set the prototype. */
function put(copy: { [key: string]: Json }, key: string, value: Json): void {
  if (key !== "__proto__") copy[key] = value;
  else
    Object.defineProperty(copy, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function grow(by: number): void {
  size += by;
  if (size > LARGEST) throw new Refused();
}

function digits(value: number): number {
  if (!Number.isInteger(value)) return String(value).length;
  let count = value < 0 ? 2 : 1;
  for (let rest = Math.abs(value); rest >= 10; rest /= 10) count += 1;
  return count;
}

let looks = 0;

function explain(value: unknown): string {
  looks = 0;
  return find(value, "", []) ?? `it is larger than ${LARGEST / 1024} KiB`;
}

function find(value: unknown, path: string, parents: readonly object[]): string | undefined {
  const is = (what: string): string => (path === "" ? `it is ${what}` : `at ${path}: ${what}`);
  // A few shared arrays, nested, can be more than anyone could walk through.
  looks += 1;
  if (looks > LARGEST) return undefined;
  switch (typeof value) {
    case "undefined":
      return is("undefined");
    case "function":
      return is("a function");
    case "symbol":
      return is("a symbol");
    case "bigint":
      return is("a bigint");
    case "number":
      return Number.isFinite(value) ? undefined : is(String(value));
    case "object":
      break;
    default:
      return undefined;
  }
  if (value === null) return undefined;
  if (parents.includes(value)) return is("an object that contains itself");
  if (parents.length >= DEEPEST) return is(`more than ${DEEPEST} levels`);
  const inside = [...parents, value];
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const found = find(value[i], `${path}[${i}]`, inside);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  if (prototype !== Object.prototype && prototype !== null) {
    const name = prototype.constructor?.name;
    return is(typeof name === "string" && name !== "" ? `a ${name}` : "an instance of a class");
  }
  for (const key of Object.keys(value)) {
    const member: unknown = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    const found = find(
      member,
      /^[\w$]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`,
      inside,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
