import fc from "fast-check";
import { expect, test } from "vitest";
import { cloneJson, copyJson } from "./copy-json.ts";
import type { Json } from "./node.ts";

test("copies JSON data as JSON.parse(JSON.stringify()) does", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { value: copy } = copyJson(value, "message");
      expect(copy).toEqual(JSON.parse(JSON.stringify(value)));
      expect(cloneJson(copy)).toEqual(copy);
      if (typeof value === "object" && value !== null) expect(copy).not.toBe(value);
    }),
  );
});

test.each<[string, Json, number]>([
  ["text", "abc", 5],
  ["numbers", [0, -7, 10, 99, 100, 0.5], 20],
  ["an object", { a: 1, bc: [true, null] }, 24],
  ["empty ones", [[], {}], 7],
])("the size of %s is that of its JSON text", (_, value, size) => {
  expect(copyJson(value, "message").size).toBe(size);
  expect(JSON.stringify(value)).toHaveLength(size);
});

test("leaves out undefined members, and keeps a member named __proto__", () => {
  expect(copyJson({ a: undefined, b: 1 }, "message").value).toEqual({ b: 1 });
  const hostile = JSON.parse('{"__proto__":{"x":1}}') as Json;
  const { value } = copyJson(hostile, "message");
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
  expect(({} as { x?: number }).x).toBeUndefined();
  expect(Object.keys(cloneJson(value) as object)).toEqual(["__proto__"]);
});

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
let deep: unknown = 1;
for (let i = 0; i < 70; i += 1) deep = [deep];
let bushy: unknown = [];
for (let i = 0; i < 60; i += 1) bushy = [bushy, bushy];
class Vote {}

test.each<[string, unknown, string]>([
  ["a function", { a: { b: () => 1 } }, "at .a.b: a function"],
  ["itself", () => 1, "it is a function"],
  ["a symbol", [Symbol("x")], "at [0]: a symbol"],
  ["a bigint", { n: 1n }, "at .n: a bigint"],
  ["NaN", { n: [1, Number.NaN] }, "at .n[1]: NaN"],
  ["an infinity", { "a b": Infinity }, 'at ["a b"]: Infinity'],
  ["undefined in an array", [1, undefined], "at [1]: undefined"],
  ["undefined", undefined, "it is undefined"],
  ["a Map", { m: new Map() }, "at .m: a Map"],
  ["an instance", { v: new Vote() }, "at .v: a Vote"],
  ["a cycle", cyclic, "at .self: an object that contains itself"],
  ["70 levels", deep, "more than 64 levels"],
  ["a megabyte", "x".repeat(1024 * 1024), "it is larger than 256 KiB"],
  ["2^60 shared arrays", bushy, "it is larger than 256 KiB"],
  ["a huge sparse array", { a: Object.assign([], { length: 1e9 }) }, "at .a[0]: undefined"],
])("refuses %s and says where", (_, value, why) => {
  expect(() => copyJson(value, "message")).toThrow(TypeError);
  expect(() => copyJson(value, "message")).toThrow(`message must be JSON data: `);
  expect(() => copyJson(value, "message")).toThrow(why);
});
