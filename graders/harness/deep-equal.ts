/**
 * Structural equality: NaN equals NaN, 0 equals -0; arrays, typed arrays, Maps and Sets (in order)
 * item by item; other objects by prototype name and own enumerable properties; functions by identity.
 */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== typeof right) return false;
  if (typeof left === "number") return Number.isNaN(left) && Number.isNaN(right);
  if (typeof left !== "object" || left === null || right === null) return false;
  const [a, b] = [left, right as object];
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && sameItems(a, b);
  }
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
    return a.constructor.name === b.constructor.name && sameItems(bytes(a), bytes(b));
  }
  if (a instanceof Map || a instanceof Set) {
    return a.constructor === b.constructor && sameItems([...a], [...(b as typeof a)]);
  }
  if (b instanceof Map || b instanceof Set) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && deepEqual(a[key as keyof typeof a], b[key as keyof typeof b]),
    )
  );
}

function sameItems(left: ArrayLike<unknown>, right: ArrayLike<unknown>): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i += 1) if (!deepEqual(left[i], right[i])) return false;
  return true;
}

function bytes(view: object): Uint8Array {
  const { buffer, byteOffset, byteLength } = view as ArrayBufferView;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
