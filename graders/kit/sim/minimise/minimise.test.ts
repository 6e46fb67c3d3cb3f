import fc from "fast-check";
import { expect, test } from "vitest";
import { calm } from "../calm.ts";
import type { Fault } from "../scenario.ts";
import { simulate } from "../simulate.ts";
import type { CreateNode, Json } from "../node.ts";
import type { Scenario } from "../scenario.ts";
import { concretise, ddmin, minimise } from "./minimise.ts";

test("ddmin finds exactly the items that are needed, in their order", () => {
  const needed = fc.uniqueArray(fc.nat(39), { maxLength: 5 });
  fc.assert(
    fc.property(needed, (wanted) => {
      const items = Array.from({ length: 40 }, (_, i) => i);
      const kept = ddmin(items, (some) => wanted.every((item) => some.includes(item)));
      expect(kept).toEqual(wanted.toSorted((a, b) => a - b));
    }),
  );
});

/** Each node tells the others a number again and again. */
const talker: CreateNode = (ctx) => ({
  onStart: () => void ctx.setTimer(10, "tell"),
  onTimer: () => {
    ctx.storage.set("n", (ctx.storage.get<number>("n") ?? 0) + 1);
    for (const peer of ctx.peers) ctx.send(peer, ctx.storage.get("n"));
    ctx.setTimer(10, "tell");
  },
  onMessage: (from, n) => ctx.emit(`${from} ${String(n)}`),
});

const stormy: Scenario<Json> = {
  ...calm<Json>({ nodes: 3, lengthMs: 300 }),
  profile: {
    base: 5,
    jitter: 40,
    drop: 200,
    dup: 200,
    crash: 50,
    down: 30,
    fifo: false,
    shuffleTies: true,
  },
  maxDown: 1,
};

test("noise as a list of faults gives the very same run", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const noisy = simulate({ ...stormy, seed }, talker, { trace: "hash" });
    const listed = concretise({ ...stormy, seed }, noisy.struck);
    expect(simulate(listed, talker, { trace: "hash" }).hash).toBe(noisy.hash);
  }
});

test("of a stormy run only the fault that matters is left", () => {
  // Fails when n1 never hears the third number of n0.
  const attempt = (candidate: Scenario<Json>): readonly Fault[] | undefined => {
    const { outputs, struck } = simulate(candidate, talker);
    return outputs.some(({ node, out }) => node === "n1" && out === "n0 3") ? undefined : struck;
  };
  const seed = Array.from({ length: 500 }, (_, i) => i).find((i) =>
    attempt({ ...stormy, seed: i }),
  );
  const small = minimise({ ...stormy, seed: seed ?? 0 }, attempt);
  expect(attempt(small)).toBeDefined();
  expect(small.profile).toMatchObject({ jitter: 0, drop: 0, dup: 0, crash: 0 });
  expect(small.faults).toHaveLength(1);
});

test("out of time, the scenario stays as it was", () => {
  expect(minimise(stormy, () => [], { isOver: () => true })).toEqual(stormy);
  expect(minimise(stormy, () => [], { runs: 0 })).toEqual(stormy);
});
