import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bruteForce,
  deq,
  enq,
  histories,
  history,
  judged,
  programOrder,
  queueCalls,
  read,
  realTime,
  registerCalls,
  write,
  type Written,
} from "../../../fixtures/histories.ts";
import type { Model, Op } from "../history.ts";
import { linearizable } from "./linearizable.ts";
import { queue, register, type QueueInput, type RegisterInput } from "./models.ts";

/** Herlihy and Wing, "Linearizability", 1990, section 1.2: queue histories H1 to H4. */
describe("Herlihy and Wing 1990, queues", () => {
  test("H1: two concurrent enqueues, dequeued in either order", () => {
    const h = history<QueueInput<string>, string | null>(
      ["A", enq("x"), null, 1, 3],
      ["B", enq("y"), null, 2, 4],
      ["B", deq, "x", 5, 6],
      ["A", deq, "y", 7, 9],
      ["A", enq("z"), null, 10, 11],
    );
    expect(judged(h, queue<string>())).toEqual({ linearizable: true, sequential: true });
  });

  test("H2: x is in the queue before y comes, and y leaves first", () => {
    const h = history<QueueInput<string>, string | null>(
      ["A", enq("x"), null, 1, 2],
      ["B", enq("y"), null, 3, 4],
      ["A", deq, "y", 5, 6],
    );
    expect(judged(h, queue<string>())).toEqual({ linearizable: false, sequential: true });
  });

  test("H3: a pending enqueue has taken effect", () => {
    const h = history<QueueInput<string>, string | null>(
      ["A", enq("x"), undefined, 1, Infinity],
      ["B", deq, "x", 2, 3],
    );
    expect(judged(h, queue<string>())).toEqual({ linearizable: true, sequential: true });
  });

  test("H4: one enqueue, dequeued twice", () => {
    const h = history<QueueInput<string>, string | null>(
      ["A", enq("x"), null, 1, 4],
      ["B", enq("y"), null, 2, 3],
      ["A", deq, "y", 5, 7],
      ["C", deq, "y", 6, 8],
    );
    expect(judged(h, queue<string>())).toEqual({ linearizable: false, sequential: false });
  });
});

/** Porcupine's README (Anish Athalye, 2017): a register of three clients. */
describe("Porcupine's README", () => {
  test("the accepted history", () => {
    const h = history<RegisterInput<number>, number>(
      ["c0", write(100), undefined, 0, 100],
      ["c1", read, 100, 25, 75],
      ["c2", read, 0, 30, 60],
    );
    // A write answers nothing, which a status of "ok" says by itself.
    expect(linearizable(h, register(0)).verdict).toBe("ok");
  });

  test("the rejected history", () => {
    const h = history<RegisterInput<number>, number>(
      ["c0", write(200), undefined, 0, 100],
      ["c1", read, 200, 10, 30],
      ["c2", read, 0, 40, 90],
    );
    expect(judged(h, register(0))).toEqual({ linearizable: false, sequential: true });
  });
});

/** Lamport 1979 by way of Attiya and Welch 1994: store buffering is in no sequential order. */
test("store buffering is not even sequential", () => {
  type Input = { at: string } & RegisterInput<number>;
  const cells: Model<Record<string, number>, Input, number | boolean | null> = {
    init: () => ({ x: 0, y: 0 }),
    step: (state, { at, ...input }, output) =>
      register(0)
        .step(state[at]!, input, output)
        .map((value) => ({ ...state, [at]: value })),
    key: (state) => JSON.stringify(state),
  };
  const h = history<Input, number>(
    ["p", { at: "x", ...write(1) }, undefined, 1, 3],
    ["q", { at: "y", ...write(1) }, undefined, 2, 4],
    ["p", { at: "y", ...read }, 0, 5, 7],
    ["q", { at: "x", ...read }, 0, 6, 8],
  );
  expect(judged(h, cells)).toEqual({ linearizable: false, sequential: false });
});

/** A choice that the model leaves to the object: a bag. */
test("a model with a choice of states", () => {
  const coin: Model<string, "flip" | "look", string> = {
    init: () => "?",
    step: (state, input, output) =>
      input === "flip" ? ["heads", "tails"] : output === state ? [state] : [],
    key: (state) => state,
    isRead: (input) => input === "look",
  };
  const looks = (...answers: string[]): Op<"flip" | "look", string>[] =>
    history<"flip" | "look", string>(
      ["a", "flip", "done", 1, 2],
      ...answers.map((answer, i): Written<"flip" | "look", string> => [
        "a",
        "look",
        answer,
        3 + 2 * i,
        4 + 2 * i,
      ]),
    );
  expect(judged(looks("tails", "tails"), coin).linearizable).toBe(true);
  expect(judged(looks("heads", "tails"), coin).linearizable).toBe(false);
});

describe("agrees with every order tried in turn, on histories of up to 6 operations", () => {
  const agree = <S, I, O>(
    calls: fc.Arbitrary<readonly [I, O]>,
    model: Model<S, I, O>,
  ): number[] => {
    const seen = [0, 0, 0];
    fc.assert(
      fc.property(histories(6, calls), (ops) => {
        const expected = {
          linearizable: bruteForce(ops, model, realTime),
          sequential: bruteForce(ops, model, programOrder),
        };
        seen[Number(expected.linearizable) + Number(expected.sequential)]! += 1;
        expect(judged(ops, model)).toEqual(expected);
      }),
      { numRuns: 4_000 },
    );
    return seen;
  };

  test("a register", () => {
    // Neither, only sequential, both: each must have been tried often.
    expect(Math.min(...agree(registerCalls, register(0)))).toBeGreaterThan(50);
  });

  test("a queue", () => {
    expect(Math.min(...agree(queueCalls, queue<string>()))).toBeGreaterThan(50);
  });
});

test("a witness is an order of all ok operations, in real time, that the model can answer", () => {
  fc.assert(
    fc.property(histories(12, registerCalls, 4), (ops) => {
      const model = register(0);
      const result = linearizable(ops, model);
      fc.pre(result.verdict === "ok");
      const order = result.witness.map((id) => ops[id]!);
      expect(new Set(order).size).toBe(order.length);
      const missing = ops.filter((op) => op.status === "ok" && !order.includes(op));
      expect(missing).toEqual([]);
      order.forEach((op, i) =>
        order.slice(i + 1).forEach((later) => expect(later.ret < op.call).toBe(false)),
      );
      let state = 0;
      for (const op of order) [state] = model.step(state, op.input, op.output) as [number];
      expect(state).toBeTypeOf("number");
    }),
    { numRuns: 2_000 },
  );
});

test("partitions are searched one by one, and the one without an order is named", () => {
  type Input = { key: string } & RegisterInput<number>;
  const h = history<Input, number>(
    ["a", { key: "__proto__", ...write(1) }, undefined, 1, 4],
    ["b", { key: "x", ...write(1) }, undefined, 2, 3],
    ["b", { key: "x", ...read }, 0, 5, 7],
    ["a", { key: "__proto__", ...read }, 1, 6, 8],
  );
  const result = linearizable(h, register(0) as Model<number, Input, number | boolean | null>, {
    partition: (op) => (op.input as Input).key,
  });
  expect(result).toMatchObject({ verdict: "violation", stuck: { partition: "x" } });
});

test("a search that takes too long gives no verdict", () => {
  const writes = Array.from({ length: 30 }, (_, i): Written<RegisterInput<number>, number> => [
    `p${i}`,
    write(i),
    undefined,
    i,
    100 + i,
  ]);
  const h = history<RegisterInput<number>, number>(...writes, ["q", read, -1, 40, 41]);
  expect(linearizable(h, register(0), { maxSteps: 1_000 }).verdict).toBe("unknown");
});

test("whatever comes in, it answers or refuses with a RangeError", () => {
  const numbers = fc.oneof(fc.nat(12), fc.constantFrom(Number.NaN, Infinity, -Infinity, -1, 0.5));
  const op = fc.record({
    id: fc.nat(8),
    process: fc.constantFrom("", "__proto__", "a"),
    input: fc.constantFrom(read, write(1), { op: "cas", from: 0, to: 1 } as const),
    output: fc.constantFrom(0, 1, true, null),
    call: numbers,
    ret: numbers,
    status: fc.constantFrom("ok" as const, "info" as const, "fail" as const),
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(op, { maxLength: 5 }), (ops) => {
      try {
        judged(ops, register<number>(0));
      } catch (error) {
        refused += 1;
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 5_000 },
  );
  expect(refused).toBeGreaterThan(100);
});
