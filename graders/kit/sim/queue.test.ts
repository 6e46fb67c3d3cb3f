import fc from "fast-check";
import { expect, test } from "vitest";
import { EventQueue, type Due } from "./queue.ts";

test("hands out what was put in, by time, tie and order of arrival", () => {
  const keys = fc.array(fc.tuple(fc.nat(5), fc.nat(2), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(keys, (steps) => {
      const queue = new EventQueue<Due>();
      let model: Due[] = [];
      steps.forEach(([time, tie, pops], seq) => {
        const due = { time, tie, seq };
        queue.push(due);
        model.push(due);
        if (!pops) return;
        model = model.toSorted((a, b) => a.time - b.time || a.tie - b.tie || a.seq - b.seq);
        expect(queue.peek()).toBe(model[0]);
        expect(queue.pop()).toBe(model.shift());
        expect(queue.size).toBe(model.length);
      });
    }),
  );
});

test("an empty queue has nothing", () => {
  expect(new EventQueue<Due>().pop()).toBeUndefined();
});
