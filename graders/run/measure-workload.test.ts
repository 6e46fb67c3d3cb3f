import { expect, test } from "vitest";
import { warmUp } from "./measure-workload.ts";

/** A call that takes so long, and what it took in all. */
function busyFor(ms: number): { call: () => void; totalMs: () => number } {
  let total = 0;
  const call = (): void => {
    const start = performance.now();
    while (performance.now() - start < ms);
    total += performance.now() - start;
  };
  return { call, totalMs: () => total };
}

test("a slow side leaves its fast rival time to be compiled", () => {
  const [slow, fast] = [busyFor(5), busyFor(0.05)];
  const fastest = warmUp({ attempt: slow.call, reference: fast.call }, 40);
  expect(fast.totalMs()).toBeGreaterThan(15);
  expect(slow.totalMs()).toBeGreaterThan(15);
  expect(fastest.attempt).toBeGreaterThanOrEqual(5);
  expect(fastest.reference).toBeLessThan(5);
});

test("a side that takes longer than the whole warm-up is called once", () => {
  let calls = 0;
  const slow = busyFor(30);
  const attempt = (): void => {
    calls += 1;
    slow.call();
  };
  warmUp({ attempt, reference: () => {} }, 20);
  expect(calls).toBe(1);
});
