/**
 * Watches what all code shares: a subject that replaces `Array.prototype.filter` judges itself. A
 * fence, not a wall: code that patches and restores within one call is not seen.
 */
const NAMES = [
  "Object",
  "Function",
  "Array",
  "String",
  "Number",
  "Boolean",
  "Symbol",
  "BigInt",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "WeakRef",
  "Promise",
  "Date",
  "RegExp",
  "Error",
  "TypeError",
  "RangeError",
  "ArrayBuffer",
  "DataView",
  "Uint8Array",
  "Uint32Array",
  "Float64Array",
  "JSON",
  "Math",
  "Reflect",
  "Proxy",
  "Intl",
  "TextEncoder",
  "TextDecoder",
  "performance",
  "structuredClone",
  "queueMicrotask",
  "setTimeout",
  "setInterval",
  "setImmediate",
] as const;

/** The runtime and the test runner set these of themselves. */
const MOVING: readonly PropertyKey[] = [
  "stackTraceLimit",
  "prepareStackTrace",
  "captureStackTrace",
];

// Captured, and no Map, Set or iteration below: those are what a subject may have replaced.
const { create, getOwnPropertyDescriptor, getPrototypeOf, is } = Object;
const { ownKeys } = Reflect;

interface Part {
  readonly name: string;
  readonly owner: object;
  readonly size: number;
  /** Without a prototype, so that nothing planted on Object is read as a member. */
  readonly members: Readonly<Record<PropertyKey, PropertyDescriptor>>;
}

/** Takes a picture and returns a function that names what has changed since, if anything has. */
export function watchIntrinsics(): () => string | undefined {
  const globals = globalThis as unknown as Record<string, unknown>;
  const roots = NAMES.map((name) => ({ name, value: globals[name] }));
  const parts = roots.flatMap(({ name, value }) => partsOf(name, value));
  parts.push(picture("the array iterator", getPrototypeOf([][Symbol.iterator]()) as object));
  parts.push(picture("the generator", getPrototypeOf(function* () {}.prototype) as object));
  return () => {
    for (let i = 0; i < roots.length; i += 1) {
      const { name, value } = roots[i]!;
      if (globals[name] !== value) return name;
    }
    for (let i = 0; i < parts.length; i += 1) {
      const changed = changeIn(parts[i]!);
      if (changed !== undefined) return changed;
    }
    return undefined;
  };
}

function partsOf(name: string, value: unknown): Part[] {
  if ((typeof value !== "function" && typeof value !== "object") || value === null) return [];
  const parts = [picture(name, value)];
  const prototype: unknown = typeof value === "function" ? value.prototype : undefined;
  if (typeof prototype === "object" && prototype !== null) {
    parts.push(picture(`${name}.prototype`, prototype));
  }
  return parts;
}

function picture(name: string, owner: object): Part {
  const members = create(null) as Record<PropertyKey, PropertyDescriptor>;
  const keys = ownKeys(owner);
  for (const key of keys) members[key] = getOwnPropertyDescriptor(owner, key)!;
  return { name, owner, members, size: keys.length };
}

function changeIn({ name, owner, members, size }: Part): string | undefined {
  const keys = ownKeys(owner);
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i]!;
    const before = members[key];
    const now = getOwnPropertyDescriptor(owner, key);
    const isSame =
      before !== undefined &&
      now !== undefined &&
      is(now.value, before.value) &&
      now.get === before.get &&
      now.set === before.set;
    if (!isSame && !isMoving(key)) return `${name}.${String(key)}`;
  }
  return keys.length < size ? `a member of ${name}` : undefined;
}

function isMoving(key: PropertyKey): boolean {
  for (let i = 0; i < MOVING.length; i += 1) if (MOVING[i] === key) return true;
  return false;
}
