import { expect, test } from "vitest";
import { calm } from "./calm.ts";
import type { CreateNode, Json } from "./node.ts";
import type { Fault, Scenario } from "./scenario.ts";
import { simulate } from "./simulate.ts";

/** Every node sends its name to every other each 100 ms, and tells what arrives. */
const chatter: CreateNode = (ctx) => ({
  onStart: () => void ctx.setTimer(100, "again"),
  onTimer: () => {
    ctx.setTimer(100, "again");
    for (const peer of ctx.peers) ctx.send(peer, ctx.id);
  },
  onMessage: (from) => ctx.emit(from),
});

function heard(scenario: Scenario<Json>, node: string, from: string): number[] {
  const { outputs } = simulate(scenario, chatter);
  return outputs.filter((each) => each.node === node && each.out === from).map(({ at }) => at);
}

test("a message takes longer by its size where the profile says so", () => {
  // 2,046 letters and two quotes are 2 KiB: 2 x 10 ms on top of 5.
  const createNode: CreateNode = (ctx) => ({
    onStart: () => (ctx.id === "n0" ? ctx.send("n1", "x".repeat(2_046)) : undefined),
    onMessage: () => ctx.emit("here"),
  });
  const scenario = calm<Json, Json>({ nodes: 2, lengthMs: 100 });
  const arrival = (perKb?: number): number | undefined =>
    simulate(
      { ...scenario, profile: { ...scenario.profile, ...(perKb ? { perKb } : {}) } },
      createNode,
    ).outputs[0]?.at;
  expect(arrival()).toBe(5);
  expect(arrival(10)).toBe(25);
});

const cutOff: Fault = { kind: "cut", at: 0, for: 2_000, a: 0b001, b: 0b100, oneWay: true };
const scenario = {
  ...calm<Json, Json>({ nodes: 3, lengthMs: 300, faults: [cutOff] }),
  settle: 700,
};

test("everything heals at healAt, but what strikes the fringe when there is a core", () => {
  const everyTime = [105, 205, 305, 405, 505, 605, 705, 805, 905];
  expect(heard(scenario, "n2", "n0")).toEqual(everyTime.slice(2));
  const fringe = { ...scenario, core: 0b011 };
  expect(heard(fringe, "n2", "n0")).toEqual([]);
  expect(heard(fringe, "n0", "n2")).toEqual(everyTime);
  expect(heard(fringe, "n1", "n0")).toEqual(everyTime);
});

test("nodes at the fringe go on crashing, those of the core do not", () => {
  const crashes = [0, 2].map((node): Fault => ({ kind: "crash", node, at: 500, for: 250 }));
  const deaths = (core?: number): string[] =>
    simulate({ ...scenario, faults: crashes, ...(core === undefined ? {} : { core }) }, chatter, {
      trace: "full",
    })
      .trace.filter(({ kind }) => kind === "crash" || kind === "boot")
      .filter(({ at }) => at > 0)
      .map(({ at, kind, node }) => `${node} ${kind} ${at}`);
  expect(deaths()).toEqual([]);
  expect(deaths(0b011)).toEqual(["n2 crash 500", "n2 boot 750"]);
});

test("noise goes on at the fringe only, keyed as before", () => {
  const noisy = { ...scenario, faults: [], profile: { ...scenario.profile, drop: 1_000 } };
  expect(heard(noisy, "n1", "n0")).toEqual([305, 405, 505, 605, 705, 805, 905]);
  const fringe = { ...noisy, core: 0b011 };
  expect(heard(fringe, "n1", "n0")).toEqual([305, 405, 505, 605, 705, 805, 905]);
  expect(heard(fringe, "n2", "n0")).toEqual([]);
  expect(heard(fringe, "n0", "n2")).toEqual([]);
});

test("a core of nodes that are not there is refused", () => {
  expect(() => simulate({ ...scenario, core: 0b1000 }, chatter)).toThrow("core");
});
