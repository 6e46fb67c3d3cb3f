import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Memory } from "../harness/define-bench.ts";
import { measureMemory } from "./measure-memory.ts";

const ELEMENTS = 20_000;

beforeAll(() => {
  setFlagsFromString("--expose-gc");
  globalThis.gc = runInNewContext("gc") as NodeJS.GCFunction;
});
afterAll(() => {
  Reflect.deleteProperty(globalThis, "gc");
});

function memoryOf(fill: (subject: object) => unknown): Memory<object> {
  return { id: "rows", rule: 1, what: "rows", elements: ELEMENTS, maxBytes: 1, fill };
}

/** Each row: an array of 4 words, its 10 words with 2 of their own before them, and a word in the list. */
const rows = (): unknown =>
  Array.from({ length: ELEMENTS }, () => Array.from({ length: 10 }, () => 0));
const ROW_BYTES = (4 + 2 + 10 + 1) * 8;

test("what is kept counts, what was dropped does not", async () => {
  const [attempt, reference] = [{}, {}];
  const memory = memoryOf((subject) => {
    const filled = rows();
    return subject === attempt ? filled : {};
  });
  const weight = await measureMemory(memory, { attempt, reference, warmers: [] });
  expect(weight.attemptBytes).toBeCloseTo(ROW_BYTES, -1);
  expect(weight.referenceBytes).toBeCloseTo(0, -1);
});

test("nothing of an earlier reading is alive in the next", async () => {
  const filled: WeakRef<object>[] = [];
  const alive: number[] = [];
  const memory = memoryOf(() => {
    alive.push(filled.filter((one) => one.deref() !== undefined).length);
    const one = { rows: rows() };
    filled.push(new WeakRef(one));
    return one;
  });
  await measureMemory(memory, { attempt: {}, reference: {}, warmers: [] });
  // The warm-ups of a side come one right after the other.
  const readings = [...alive.slice(4, 13), ...alive.slice(17)];
  expect(readings).toEqual(readings.map(() => 0));
});
