/** A value in an error message, short. */
export function show(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  return typeof value === "number" ? String(value) : typeName(value);
}

export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "undefined";
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
