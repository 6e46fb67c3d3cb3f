import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VirtualScheduler } from "../virtual-scheduler.ts";
import { Calls } from "./calls.ts";
import { InterleavedStore } from "./interleaved-store.ts";
import { Interleaving } from "./interleaving.ts";

const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const picks = fc.array(fc.nat(3), { maxLength: 12 });

/** Two clients read a counter and write it back, the way one should not. */
async function incrementTwice(some: readonly number[]): Promise<number | undefined> {
  const interleaving = new Interleaving(some, drain);
  const store = new InterleavedStore<number>(interleaving);
  const increment = async (): Promise<void> => {
    const value = await store.get("n");
    await store.set("n", (value ?? 0) + 1);
  };
  void increment();
  void increment();
  await interleaving.run();
  return store.peek("n");
}

describe("interleaving", () => {
  test("without picks, whoever has waited longest goes on", async () => {
    const interleaving = new Interleaving([], drain);
    for (const label of ["a", "b", "c"]) void interleaving.point(label);
    await interleaving.run();
    expect(interleaving.story).toEqual(["a", "b", "c"]);
  });

  test("picks reach every order", async () => {
    const seen = new Set<string>();
    for (const first of [0, 1, 2]) {
      for (const second of [0, 1]) {
        const interleaving = new Interleaving([first, second], drain);
        for (const label of ["a", "b", "c"]) void interleaving.point(label);
        await interleaving.run();
        seen.add(interleaving.story.join(""));
      }
    }
    expect([...seen].sort((a, b) => (a < b ? -1 : 1))).toEqual([
      "abc",
      "acb",
      "bac",
      "bca",
      "cab",
      "cba",
    ]);
  });

  test("a lost update is found, and told by few picks", async () => {
    const result = await fc.check(
      fc.asyncProperty(picks, async (some) => (await incrementTwice(some)) === 2),
      { seed: 1 },
    );
    expect(result.failed).toBe(true);
    // In order of waiting both read before one writes: nothing has to be picked.
    expect(result.counterexample).toEqual([[]]);
    expect(await incrementTwice([0, 1, 1, 1])).toBe(2);
  });

  test("the same picks give the same story", async () => {
    await fc.assert(
      fc.asyncProperty(picks, async (some) => {
        expect(await incrementTwice(some)).toBe(await incrementTwice(some));
      }),
      { numRuns: 30 },
    );
  });

  test("the number of awaits does not matter", async () => {
    const interleaving = new Interleaving([1], drain);
    const ran: string[] = [];
    const late = async (): Promise<void> => {
      for (let i = 0; i < 20; i += 1) await Promise.resolve();
      await interleaving.point("late");
      ran.push("late");
    };
    void late();
    void interleaving.point("early").then(() => ran.push("early"));
    await interleaving.run();
    expect(ran).toEqual(["late", "early"]);
  });

  test("a loop that never ends is stopped, and named", async () => {
    const interleaving = new Interleaving([], drain);
    const spin = async (): Promise<void> => {
      for (;;) await interleaving.point("spin");
    };
    void spin();
    await expect(interleaving.run(50)).rejects.toThrow("still busy after 50 picks: spin");
  });

  test.each([-1, 0.5, Number.NaN])("a pick of %d is a RangeError", (pick) => {
    expect(() => new Interleaving([pick], drain)).toThrow(RangeError);
  });
});

test("the store does what a map does, one operation after the other", async () => {
  const interleaving = new Interleaving([], drain);
  const store = new InterleavedStore<string>(interleaving);
  const answers: unknown[] = [];
  const work = async (): Promise<void> => {
    answers.push(await store.get("__proto__"), await store.delete("__proto__"));
    answers.push(await store.compareAndSet("__proto__", undefined, "a"));
    answers.push(await store.compareAndSet("__proto__", undefined, "b"));
    answers.push(await store.get("__proto__"), await store.delete("__proto__"));
  };
  void work();
  await interleaving.run();
  expect(answers).toEqual([undefined, false, true, false, "a", true]);
  expect(interleaving.story.slice(0, 2)).toEqual([
    "get __proto__ takes effect",
    "get __proto__ is answered",
  ]);
});

test("calls: what came of each, when, and what is pending at idle, by name", async () => {
  const scheduler = new VirtualScheduler(drain);
  const calls = new Calls(scheduler);
  const after = (ms: number): Promise<number> =>
    new Promise((resolve) => scheduler.after(ms, () => resolve(ms)));
  void calls.start("wait(5)", () => after(5));
  void calls.start("fail at once", () => {
    throw new RangeError("no");
  });
  void calls.start("fail later", async () => {
    await after(3);
    throw new RangeError("late");
  });
  void calls.start("acquire()", () => new Promise(() => undefined));
  await scheduler.runUntilIdle();
  expect(calls.pending).toEqual(["acquire()"]);
  expect(calls.all).toEqual([
    { label: "wait(5)", startedMs: 0, state: "returned", value: 5, settledMs: 5 },
    {
      label: "fail at once",
      startedMs: 0,
      state: "threw",
      error: new RangeError("no"),
      settledMs: 0,
    },
    {
      label: "fail later",
      startedMs: 0,
      state: "threw",
      error: new RangeError("late"),
      settledMs: 3,
    },
    { label: "acquire()", startedMs: 0, state: "pending" },
  ]);
});
