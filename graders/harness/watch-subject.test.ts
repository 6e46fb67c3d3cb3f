import { expect, test } from "vitest";
import { CallCounter } from "./call-counter.ts";
import { watchSubject } from "./watch-subject.ts";

class Box {
  static made = 0;
  static of(value: number): Box {
    return new Box(value);
  }
  readonly #value: number;
  readonly size = 1;
  constructor(value: number) {
    Box.made += 1;
    this.#value = value;
  }
  get(): number {
    return this.#value;
  }
  twice(): number {
    return this.get() + this.get();
  }
  plus(other: Box): Box {
    return new Box(this.#value + other.#value);
  }
  async later(): Promise<Box> {
    return Promise.resolve(this);
  }
  *[Symbol.iterator](): Generator<number> {
    yield this.#value;
  }
}
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const makeCounter = (): { next: () => number } => {
  let value = 0;
  return { next: () => (value += 1) };
};

function watched(): {
  counter: CallCounter;
  subject: { Box: typeof Box; sum: typeof sum; makeCounter: typeof makeCounter };
} {
  const counter = new CallCounter();
  return { counter, subject: watchSubject({ Box, sum, makeCounter }, counter) };
}

test("new, methods and functions count; fields and what the subject calls of its own do not", () => {
  const { counter, subject } = watched();
  const box = new subject.Box(3);
  expect([box.twice(), box.size, [...box]]).toEqual([6, 1, [3]]);
  expect(subject.sum([1, 2])).toBe(3);
  expect([
    counter.of("new Box"),
    counter.of("twice"),
    counter.of("get"),
    counter.of("sum"),
  ]).toEqual([1, 1, 0, 1]);
  expect(counter.total).toBe(4);
});

test("objects that the subject makes are watched too, and can be handed back to it", async () => {
  const { counter, subject } = watched();
  const five = new subject.Box(2).plus(subject.Box.of(3));
  expect(five.get()).toBe(5);
  expect(five).toBeInstanceOf(subject.Box);
  expect((await five.later()).get()).toBe(5);
  const next = subject.makeCounter();
  expect([next.next(), next.next()]).toEqual([1, 2]);
  // new, of, plus, get; later, get; makeCounter and two of next.
  expect(counter.total).toBe(9);
});

test("nothing that is shown has the subject's source", () => {
  const { subject } = watched();
  const box = new subject.Box(3);
  const shown: unknown[] = [
    subject.Box,
    box.get,
    box.constructor,
    Object.getPrototypeOf(box) as unknown,
    subject.Box.prototype.get,
  ];
  for (const value of shown) {
    const text =
      typeof value === "function" ? Function.prototype.toString.call(value) : JSON.stringify(value);
    expect(text ?? "").not.toContain("value");
  }
  expect(Reflect.ownKeys(Object.getPrototypeOf(box) as object)).toEqual(["constructor"]);
});
