import { afterAll, beforeAll, expect, test } from "vitest";
import { wire } from "../kit/sim/wire.ts";
import { installAmbientGuard, withGuard } from "./ambient-guard.ts";

const real = {
  Date,
  now: Date.now,
  performanceNow: performance.now,
  random: Math.random,
  setTimeout,
  setInterval,
  setImmediate,
};
const kept = { now: Date.now };
beforeAll(() => {
  installAmbientGuard();
  kept.now = Date.now;
});
afterAll(() => {
  Object.assign(globalThis, {
    Date: real.Date,
    setTimeout: real.setTimeout,
    setInterval: real.setInterval,
    setImmediate: real.setImmediate,
  });
  Date.now = real.now;
  Math.random = real.random;
  performance.now = real.performanceNow;
});

test.each<[string, () => unknown]>([
  ["Date.now", () => Date.now()],
  ["a reference to Date.now taken before", () => kept.now()],
  ["new Date()", () => new Date()],
  ["Date()", () => Date()],
  ["performance.now", () => performance.now()],
  ["Math.random", () => Math.random()],
  ["setTimeout", () => setTimeout(() => undefined, 0)],
  ["setInterval", () => setInterval(() => undefined, 1)],
  ["setImmediate", () => setImmediate(() => undefined)],
])("%s throws while a property runs and names what to use", (_, call) => {
  expect(() => withGuard(call)).toThrow(/not available in a kata: use the injected/);
});

test("dates made from numbers stay allowed, and everything works outside a property", () => {
  expect(withGuard(() => new Date(0).getTime())).toBe(0);
  expect(new Date() instanceof Date).toBe(true);
  expect(Date.now()).toBeGreaterThan(0);
});

test("the guard stays up until a promise settles, and comes down after a throw", async () => {
  const reading = withGuard(async () => {
    await Promise.resolve();
    return Date.now();
  });
  await expect(reading).rejects.toThrow("injected clock");
  expect(() =>
    withGuard(() => {
      throw new Error("x");
    }),
  ).toThrow("x");
  expect(Date.now()).toBeGreaterThan(0);
});

test.each<[string, () => unknown, string]>([
  ["Date.now", () => Date.now(), "ctx.now()"],
  ["new Date()", () => new Date(), "ctx.now()"],
  ["performance.now", () => performance.now(), "ctx.now()"],
  ["process.hrtime", () => process.hrtime(), "ctx.now()"],
  ["Math.random", () => Math.random(), "ctx.random()"],
  ["crypto.randomUUID", () => crypto.randomUUID(), "ctx.random()"],
  ["crypto.getRandomValues", () => crypto.getRandomValues(new Uint8Array(1)), "ctx.random()"],
  ["setTimeout", () => setTimeout(() => undefined, 0), "ctx.setTimer(ms, tag)"],
  ["queueMicrotask", () => queueMicrotask(() => undefined), "ctx.setTimer(ms, tag)"],
])("%s in the handler of a node: the sentence names ctx", (name, call, instead) => {
  const node = wire(() => ({ onMessage: () => void call() }), { nodes: 2 }).boot();
  expect(() => node.recv("n1", "go")).toThrow(
    `n0.onMessage("n1", "go") threw AmbientError: ${name} is not available in the handler of a node: use ${instead}`,
  );
});

test("what only handlers must not use stays allowed in a kata", () => {
  expect(withGuard(() => crypto.randomUUID())).toHaveLength(36);
  expect(withGuard(() => process.hrtime())).toHaveLength(2);
});
