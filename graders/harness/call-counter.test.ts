import { expect, test } from "vitest";
import { CallCounter } from "./call-counter.ts";

class Disk {
  #blocks = new Map<number, string>();
  read(block: number): string {
    const found = this.#blocks.get(block);
    if (found === undefined) throw new RangeError("no such block");
    return found;
  }
  write(block: number, text: string): void {
    this.#blocks.set(block, text);
  }
  get size(): number {
    return this.#blocks.size;
  }
}

test("counts each comparison of a sort", () => {
  const counter = new CallCounter();
  const byHand = { calls: 0 };
  const compare = counter.watch((a: number, b: number) => {
    byHand.calls += 1;
    return a - b;
  });
  expect([3, 1, 2, 5, 4].sort(compare)).toEqual([1, 2, 3, 4, 5]);
  expect(counter.total).toBe(byHand.calls);
  expect(counter.of("call")).toBe(byHand.calls);
  expect(byHand.calls).toBeGreaterThan(0);
});

test("counts an object's methods by name; private fields, getters and errors work as before", () => {
  const counter = new CallCounter();
  const disk = counter.watch(new Disk());
  disk.write(1, "a");
  disk.write(2, "b");
  expect(disk.read(2)).toBe("b");
  expect(() => disk.read(9)).toThrow(RangeError);
  expect(disk.size).toBe(2);
  expect([counter.of("write"), counter.of("read"), counter.of("size")]).toEqual([2, 2, 0]);
  expect(counter.total).toBe(4);
});

test("counts only the methods asked for, and amounts by hand", () => {
  const counter = new CallCounter();
  const disk = counter.watch(new Disk(), ["read"]);
  disk.write(1, "abc");
  disk.read(1);
  counter.add("bytes", 3);
  expect(counter.total).toBe(4);
  expect(counter.of("bytes")).toBe(3);
  for (const bad of [-1, Number.NaN, Infinity])
    expect(() => counter.add("x", bad)).toThrow(RangeError);
});
