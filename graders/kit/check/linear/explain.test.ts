import fc from "fast-check";
import { expect, test } from "vitest";
import {
  history,
  histories,
  judged,
  read,
  registerCalls,
  write,
} from "../../../fixtures/histories.ts";
import type { Model, Op } from "../history.ts";
import { stuckAsSvg, stuckAsText } from "./draw-intervals.ts";
import { linearizable } from "./linearizable.ts";
import { register, type RegisterInput } from "./models.ts";

test("a failure explains itself: the shortest prefix, and operations that alone have no order", () => {
  let failures = 0;
  fc.assert(
    fc.property(histories(10, registerCalls, 4), (ops) => {
      const model = register(0);
      const result = linearizable(ops, model);
      fc.pre(result.verdict === "violation");
      failures += 1;
      const { prefix, last, blocked } = result.stuck;
      const until = (event: number): Op<RegisterInput<number>, number | boolean | null>[] =>
        ops.filter((op) => op.call < event).map((op) => (op.ret > event ? lose(op) : op));
      expect(prefix).toEqual(until(last.ret));
      expect(judged(until(last.ret), model).linearizable).toBe(false);
      const earlier = Math.max(-1, ...ops.map((op) => op.ret).filter((ret) => ret < last.ret));
      expect(judged(until(earlier), model).linearizable).toBe(true);
      // All but the blamed may have happened or not; of the blamed, not one can be spared.
      const only = (kept: readonly Op[]): typeof ops =>
        until(last.ret).map((op) => (kept.some(({ id }) => id === op.id) ? op : lose(op)));
      expect(judged(only(blocked), model).linearizable).toBe(false);
      for (const spared of blocked) {
        const rest = blocked.filter((op) => op !== spared);
        expect(judged(only(rest), model).linearizable).toBe(true);
      }
      for (const line of stuckAsText(result.stuck).split("\n")) {
        expect(line.length).toBeLessThanOrEqual(80);
      }
      expect(stuckAsSvg(result.stuck)).toMatch(/^<svg [^]*<\/svg>$/);
    }),
    { numRuns: 2_000 },
  );
  expect(failures).toBeGreaterThan(500);
});

const lose = <I, O>({ id, process, input, call }: Op<I, O>): Op<I, O> => {
  return { id, process, input, call, ret: Infinity, status: "info" };
};

test("the drawing", () => {
  const h = history<RegisterInput<number>, number>(
    ["c2", write(7), undefined, 1, 2],
    ["c0", write(1), undefined, 3, 8],
    ["c1", read, 1, 4, 5],
    ["c2", read, 7, 6, 7],
    ["c2", read, 7, 9, 10],
  );
  const result = linearizable(h, register(0));
  if (result.verdict !== "violation") throw new Error("accepted");
  expect(`\n${stuckAsText(result.stuck)}\n`).toBe(`
no order for the first 4 operations:
the 3 drawn solid cannot be ordered; dotted ones do not help, wherever they go

  c2 write(7)   |--|
  c0 write(1)         :..............>
  c1 read -> 1           |--|
  c2 read -> 7                 |--| <- breaks it
`);
});

test("names of candidates' making stay on one line and inside the picture", () => {
  const model: Model<number, string, string> = { init: () => 0, step: () => [], key: () => "" };
  const name = `<script>\u001b[31m\n${"long ".repeat(50)}\u{1f600}`;
  const result = linearizable(history<string, string>([name, name, name, 1, 2]), model);
  if (result.verdict !== "violation") throw new Error("accepted");
  const text = stuckAsText(result.stuck);
  expect(text).not.toContain("\u001b");
  expect(text).not.toContain("script>\n");
  expect(text.split("\n").every((line) => line.length <= 80)).toBe(true);
  expect(stuckAsSvg(result.stuck)).not.toContain("<script");
});
