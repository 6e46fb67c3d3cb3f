import { expect, test } from "vitest";
import type { CreateNode, NodeContext, NodeHandlers } from "./node.ts";
import { PROFILES } from "./profiles.ts";
import type { Fault, Scenario } from "./scenario.ts";
import { simulate } from "./simulate.ts";

const calm: Scenario<string> = {
  seed: 1,
  nodes: 3,
  profile: { ...PROFILES.calm, base: 5 },
  ops: [{ at: 10, client: 0, node: 1, req: "go" }],
  faults: [],
  healAt: 1_000,
  settle: 1_000,
  maxDown: 1,
};

/** All nodes do the same when asked. */
function onRequest(body: (ctx: NodeContext, ticket: string) => unknown): CreateNode {
  return (ctx) => ({ onRequest: (ticket) => body(ctx, ticket) as void });
}

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

test.each<[string, CreateNode, string]>([
  [
    "a function",
    onRequest((ctx) => ctx.send("n0", { a: [() => 1] })),
    "TypeError: ctx.send to n0: message must be JSON data: at .a[0]: a function",
  ],
  [
    "a cycle",
    onRequest((ctx) => ctx.send("n2", cyclic)),
    "TypeError: ctx.send to n2: message must be JSON data: at .self: an object that contains itself",
  ],
  [
    "NaN",
    onRequest((ctx) => ctx.storage.set("term", Number.NaN)),
    'TypeError: ctx.storage.set("term"): value must be JSON data: it is NaN',
  ],
  [
    "a megabyte",
    onRequest((ctx) => ctx.emit("x".repeat(2 ** 20))),
    "TypeError: ctx.emit: output must be JSON data: it is larger than 256 KiB",
  ],
  [
    "many megabytes at once",
    onRequest((ctx) => {
      for (let i = 0; i < 9; i += 1) ctx.send("n0", "x".repeat(200_000));
    }),
    "RangeError: ctx.send: more than 1 MiB of messages from one handler",
  ],
  [
    "a message to nobody",
    onRequest((ctx) => ctx.send("n7", 1)),
    'RangeError: ctx.send: there is no node "n7"',
  ],
  [
    "a timer of -1",
    onRequest((ctx) => ctx.setTimer(-1, "t")),
    "RangeError: ctx.setTimer: ms must be from 0 to 3,600,000, got -1",
  ],
  [
    "a timer of 1e12",
    onRequest((ctx) => ctx.setTimer(1e12, "t")),
    "RangeError: ctx.setTimer: ms must be from 0 to 3,600,000, got 1000000000000",
  ],
  [
    "a timer of NaN",
    onRequest((ctx) => ctx.setTimer(Number.NaN, "t")),
    "RangeError: ctx.setTimer: ms must be from 0 to 3,600,000, got NaN",
  ],
  [
    "a timer without a tag",
    onRequest((ctx) => ctx.setTimer(1, undefined as never)),
    "TypeError: ctx.setTimer: tag must be a string, got undefined",
  ],
  [
    "two answers",
    onRequest((ctx, ticket) => {
      ctx.reply(ticket, 1);
      ctx.reply(ticket, 2);
    }),
    "RangeError: ctx.reply: the ticket c0.0 has been answered already",
  ],
  [
    "a ticket of its own making",
    onRequest((ctx) => ctx.reply("c9.9", 1)),
    'RangeError: ctx.reply: there is no ticket "c9.9"',
  ],
  [
    "a promise",
    onRequest(() => Promise.reject(new Error("late"))),
    "TypeError: handlers are synchronous, but it returned a promise",
  ],
  [
    "a refusal swallowed",
    onRequest((ctx) => {
      try {
        ctx.setTimer(-1, "t");
      } catch {
        ctx.emit("fine");
      }
    }),
    "RangeError: ctx.setTimer: ms must be from 0 to 3,600,000, got -1",
  ],
  [
    "an exception",
    onRequest(() => {
      throw new RangeError("no such term");
    }),
    "RangeError: no such term",
  ],
  [
    "something thrown",
    onRequest(() => {
      // oxlint-disable-next-line typescript/only-throw-error -- clumsy code does
      throw "oops";
    }),
    'threw "oops"',
  ],
  ["no handler", () => ({}), "TypeError: there is no onRequest"],
])("a node with %s ends the run, with node, handler and argument named", (_, createNode, why) => {
  const { outcome, error, endedAt } = simulate(calm, createNode);
  expect(outcome).toBe("threw");
  expect(endedAt).toBe(15);
  expect(error?.message).toContain('n1.onRequest("c0.0", "go") threw ');
  expect(error?.message).toContain(why);
});

test.each<[string, unknown, string]>([
  [
    "throws",
    () => {
      throw new Error("no");
    },
    "n0.onStart() threw Error: no",
  ],
  [
    "returns nothing",
    () => undefined,
    "n0.onStart() threw TypeError: createNode must return an object of handlers",
  ],
  [
    "is async",
    () => Promise.resolve({}),
    "n0.onStart() threw TypeError: createNode must return an object of handlers",
  ],
  ["is no function", 7, "n0.onStart() threw TypeError: createNode is not a function"],
  [
    "throws in onStart",
    () => ({
      onStart() {
        throw new Error("later");
      },
    }),
    "n0.onStart() threw Error: later",
  ],
])("a createNode that %s is an error of the first node", (_, createNode, message) => {
  expect(simulate(calm, createNode as CreateNode).error?.message).toBe(message);
});

test("a context is of no use outside the handlers of its own boot", () => {
  let stolen: NodeContext | undefined;
  const createNode: CreateNode = (ctx): NodeHandlers => {
    stolen ??= ctx;
    return { onRequest: () => stolen?.send("n2", "from n1") };
  };
  const { error } = simulate(calm, createNode);
  expect(error?.message).toBe(
    'n1.onRequest("c0.0", "go") threw Error: ctx.send of n0 is called outside its handlers',
  );
  expect(() => stolen?.now()).toThrow("ctx.now of n0 is called outside its handlers");
});

test.each<[string, Partial<Scenario<string>>, string]>([
  [
    "node 9 of 3",
    { faults: [{ kind: "crash", node: 9, at: 1, for: 1 }] },
    "scenario: faults[0].node is node 9, but the cluster has n0 to n2",
  ],
  [
    "a client of node 3",
    { ops: [{ at: 0, client: 0, node: 3, req: "" }] },
    "scenario: ops[0].node is node 3, but the cluster has n0 to n2",
  ],
  ["ten nodes", { nodes: 10 }, "scenario: nodes must be an integer from 1 to 9, got 10"],
  [
    "half a millisecond",
    { healAt: 0.5 },
    "scenario: healAt must be an integer from 0 to 3600000, got 0.5",
  ],
  [
    "a drop of 2,000 permille",
    { profile: { ...calm.profile, drop: 2_000 } },
    "scenario: profile.drop must be an integer from 0 to 1000, got 2000",
  ],
  [
    "a link from -1",
    { faults: [{ kind: "drop", from: -1, to: 0, nth: 0 } as Fault] },
    "scenario: faults[0].from is node -1, but the cluster has n0 to n2",
  ],
])("a scenario with %s is refused", (_, change, message) => {
  const scenario = { ...calm, ...change };
  expect(() => simulate(scenario, () => ({}))).toThrow(new RangeError(message));
});

test("two nodes that answer each other at once for ever end as zeno, with the reason", () => {
  const scenario = { ...calm, profile: { ...calm.profile, base: 0 } };
  const createNode: CreateNode = (ctx) => ({
    onRequest: () => ctx.send("n0", { type: "ping" }),
    onMessage: (from) => ctx.send(from, { type: "ping" }),
  });
  const { outcome, reason, endedAt } = simulate(scenario, createNode);
  expect(outcome).toBe("zeno");
  expect(endedAt).toBe(10);
  expect(reason).toMatch(/^more than 2000 events at 10 ms; most sent: ping \d+$/);
});

test("two nodes that never stop talking end by budget, with what they said", () => {
  const createNode: CreateNode = (ctx) => ({
    onRequest: () => {
      for (let i = 0; i < 60; i += 1) ctx.send("n0", { type: i < 40 ? "ping" : "pong" });
    },
    onMessage: (from, msg: { type: string }) => ctx.send(from, msg),
  });
  const { outcome, reason } = simulate(calm, createNode);
  expect(outcome).toBe("budget");
  expect(reason).toMatch(/^20000 events by \d+ ms; most sent: ping 13\d\d\d, pong 6\d\d\d$/);
});

test("a node that fills the queue ends by budget", () => {
  const createNode: CreateNode = (ctx) => ({
    onRequest: () => {
      for (let i = 0; i < 20_000; i += 1) ctx.setTimer(500, "t");
    },
  });
  const { outcome, reason } = simulate(calm, createNode);
  expect(outcome).toBe("budget");
  expect(reason).toContain("more than 10000 messages and timers wait at 15 ms");
});
