import fc from "fast-check";
import { expect, test } from "vitest";
import { causalFault, type RegisterAccess } from "./causal.ts";
import { agreement, convergence, electionSafety, integrity, judgeOutputs } from "./consensus.ts";
import { delivery, type DeliveryLog } from "./delivery.ts";
import type { Op, Output } from "./history.ts";
import { sessionFaults, type SessionView } from "./session.ts";

const text = fc.constantFrom("", "__proto__", "constructor", "a", "\u0000", "\ud800");
const number = fc.oneof(fc.nat(9), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 1e308));
const ops = <Input>(input: fc.Arbitrary<Input>): fc.Arbitrary<Op<Input>[]> =>
  fc.array(
    fc.record({
      id: fc.nat(6),
      process: text,
      input,
      call: number,
      ret: fc.oneof(number, fc.integer({ min: 10, max: 90 })),
      status: fc.constantFrom("ok", "fail", "info"),
    }),
    { maxLength: 5 },
  ) as fc.Arbitrary<Op<Input>[]>;

interface Seen {
  judged: number;
  refused: number;
}
const OFTEN = 100;

/** Judges anything at all; only a RangeError may come of it. */
function fuzz<T>(input: fc.Arbitrary<T>, judge: (value: T) => unknown): Seen {
  const seen = { judged: 0, refused: 0 };
  fc.assert(
    fc.property(input, (value) => {
      try {
        judge(value);
        seen.judged += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        seen.refused += 1;
      }
    }),
    { numRuns: 2_000 },
  );
  return seen;
}

test("causal", () => {
  const access: fc.Arbitrary<RegisterAccess> = fc.record({
    kind: fc.constantFrom("read" as const, "write" as const),
    key: text,
    value: fc.anything({ maxDepth: 1, withBigInt: false }),
  });
  const seen = fuzz(ops(access), (history) => causalFault(history, (op) => op.input));
  expect(Math.min(seen.judged, seen.refused)).toBeGreaterThan(OFTEN);
});

test("session", () => {
  const view: fc.Arbitrary<SessionView | undefined> = fc.option(
    fc.record({
      kind: fc.constantFrom("read" as const, "write" as const),
      key: text,
      version: number,
    }),
    { nil: undefined },
  );
  const seen = fuzz(ops(view), (history) => sessionFaults(history, (op) => op.input));
  expect(Math.min(seen.judged, seen.refused)).toBeGreaterThan(OFTEN);
});

test("delivery", () => {
  const handled = fc.array(fc.record({ id: text, consumer: text, at: number }), { maxLength: 5 });
  const log: fc.Arbitrary<DeliveryLog> = fc.record({
    sent: fc.array(fc.record({ id: text, group: text }), { maxLength: 3 }),
    delivered: handled,
    acked: handled,
  });
  const seen = fuzz(log, (some) => delivery(some, { mode: "exactly-once-effect", ordered: true }));
  expect(Math.min(seen.judged, seen.refused)).toBeGreaterThan(OFTEN);
});

test("rules on outputs", () => {
  const output: fc.Arbitrary<Output> = fc.record({
    node: text,
    boot: fc.nat(2),
    index: fc.nat(),
    out: fc.anything({ maxDepth: 2, withBigInt: false }),
  });
  const decision = (out: unknown): { value: unknown } => ({ value: out });
  const seen = fuzz(fc.array(output, { maxLength: 6 }), (outputs) => {
    judgeOutputs(outputs, agreement(decision));
    judgeOutputs(outputs, integrity(decision));
    judgeOutputs(
      outputs,
      electionSafety((out) => [1, String(typeof out)]),
    );
    convergence(outputs, (out) => out);
  });
  expect(seen.refused).toBe(0);
});
