import { expect, test } from "vitest";
import { chooseIterations, warmUp } from "./measure-workload.ts";

/** A clock that only calls move, each by so many ms. */
function callsOnAClock(ms: { attempt: number; reference: number }) {
  let nowMs = 0;
  const made = { attempt: 0, reference: 0 };
  const call = (side: keyof typeof made) => (): void => {
    made[side] += 1;
    nowMs += ms[side];
  };
  const calls = { attempt: call("attempt"), reference: call("reference") };
  return { calls, made, clock: () => nowMs };
}

test("a slow side leaves its fast rival time to be compiled", () => {
  const { calls, made, clock } = callsOnAClock({ attempt: 5, reference: 0.0625 });
  const fastest = warmUp(calls, 40, clock);
  // Half of 40 ms each.
  expect(made).toEqual({ attempt: 4, reference: 320 });
  expect(fastest).toEqual({ attempt: 5, reference: 0.0625 });
});

test("a side that takes longer than the whole warm-up is called once", () => {
  const { calls, made, clock } = callsOnAClock({ attempt: 30, reference: 1 });
  warmUp(calls, 20, clock);
  expect(made).toEqual({ attempt: 1, reference: 10 });
});

// A side of a block is to last 2 ms; a much slower attempt may take 20 ms.
test.each([
  ["two of a kind", { attempt: 0.1, reference: 0.1 }, { attempt: 20, reference: 20 }],
  ["a slower attempt", { attempt: 1, reference: 0.25 }, { attempt: 8, reference: 8 }],
  [
    "one that may just be called once",
    { attempt: 20, reference: 0.1 },
    { attempt: 1, reference: 1 },
  ],
  [
    "a call that is longer than all",
    { attempt: 130, reference: 2.5 },
    { attempt: 1, reference: 8 },
  ],
  ["two long calls", { attempt: 130, reference: 100 }, { attempt: 1, reference: 1 }],
  ["no time at all", { attempt: 1e-6, reference: 1e-6 }, { attempt: 10_000, reference: 10_000 }],
])("calls in a block: %s", (_, fastest, expected) => {
  expect(chooseIterations(fastest)).toEqual(expected);
});
