import { expect, test } from "vitest";
import { watchIntrinsics } from "./intrinsics.ts";

interface Patch {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly value: unknown;
}

test.each<[string, Patch]>([
  ["Array.prototype.filter", { owner: Array.prototype, key: "filter", value: () => [] }],
  ["JSON.stringify", { owner: JSON, key: "stringify", value: () => "{}" }],
  ["Math.random", { owner: Math, key: "random", value: () => 0.5 }],
  ["Date.now", { owner: Date, key: "now", value: () => 0 }],
  ["performance.now", { owner: performance, key: "now", value: () => 0 }],
  ["Object.prototype.toJSON", { owner: Object.prototype, key: "toJSON", value: () => 1 }],
  ["Map.prototype.get", { owner: Map.prototype, key: "get", value: () => 1 }],
  ["Promise.prototype.then", { owner: Promise.prototype, key: "then", value: () => 1 }],
  ["Symbol", { owner: globalThis, key: "Symbol", value: Object }],
])("sees that %s was replaced, and that it is back", (name, { owner, key, value }) => {
  const changed = watchIntrinsics();
  const before = Object.getOwnPropertyDescriptor(owner, key);
  try {
    Object.defineProperty(owner, key, { value, configurable: true, writable: true });
    expect(changed()).toBe(name);
  } finally {
    if (before === undefined) Reflect.deleteProperty(owner, key);
    else Object.defineProperty(owner, key, before);
  }
  expect(changed()).toBeUndefined();
});

test("sees that a member is gone", () => {
  const changed = watchIntrinsics();
  const { at } = Array.prototype;
  Reflect.deleteProperty(Array.prototype, "at");
  try {
    expect(changed()).toBe("a member of Array.prototype");
  } finally {
    Object.defineProperty(Array.prototype, "at", { value: at, configurable: true, writable: true });
  }
});

test("ordinary code changes nothing", () => {
  const changed = watchIntrinsics();
  "a1b2".replace(/(\d)/g, "$1");
  class Own extends Map<number, number> {}
  expect(new Own([[1, 2]]).get(1)).toBe(2);
  try {
    throw new Error("x");
  } catch (error) {
    expect(String((error as Error).stack)).toContain("x");
  }
  expect(changed()).toBeUndefined();
});
