import fc from "fast-check";
import { expect, test } from "vitest";
import { VirtualScheduler } from "./virtual-scheduler.ts";

const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("callbacks run in order of time, then of their making, at their own instant", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 12 }), async (delays) => {
      const scheduler = new VirtualScheduler(drain);
      const ran: [number, number][] = [];
      delays.forEach((delay, index) =>
        scheduler.after(delay, () => ran.push([scheduler.now(), index])),
      );
      await scheduler.advance(20);
      const expected = delays
        .map((delay, index): [number, number] => [delay, index])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(ran).toEqual(expected);
      expect(scheduler.now()).toBe(20);
    }),
  );
});

test("what is due at the end runs, what is due a millisecond later waits", async () => {
  const scheduler = new VirtualScheduler(drain);
  const ran: string[] = [];
  scheduler.after(10, () => ran.push("at the end"));
  scheduler.after(11, () => ran.push("later"));
  await scheduler.advance(10);
  expect(ran).toEqual(["at the end"]);
  expect(scheduler.pending).toBe(1);
});

test("a cancelled callback does not run; cancelling twice or late has no effect", async () => {
  const scheduler = new VirtualScheduler(drain);
  const ran: string[] = [];
  const cancel = scheduler.after(1, () => ran.push("cancelled"));
  const late = scheduler.after(1, () => ran.push("kept"));
  cancel();
  cancel();
  await scheduler.runUntilIdle();
  late();
  expect(ran).toEqual(["kept"]);
});

test("promise chains settle before time moves on", async () => {
  const scheduler = new VirtualScheduler(drain);
  const settledAt: number[] = [];
  const chain = async (): Promise<void> => {
    for (let i = 0; i < 50; i += 1) await Promise.resolve();
    settledAt.push(scheduler.now());
  };
  scheduler.after(1, () => void chain());
  scheduler.after(2, () => undefined);
  await scheduler.runUntilIdle();
  expect(settledAt).toEqual([1]);
});

test("a timer that renews itself for ever is stopped", async () => {
  const scheduler = new VirtualScheduler(drain);
  const renew = (): void => void scheduler.after(1, renew);
  renew();
  await expect(scheduler.runUntilIdle(100)).rejects.toThrow("still busy after 100 callbacks");
});

test.each([-1, 0.5, Number.NaN])("a delay of %d is a RangeError", (delay) => {
  expect(() => new VirtualScheduler(drain).after(delay, () => undefined)).toThrow(RangeError);
});
