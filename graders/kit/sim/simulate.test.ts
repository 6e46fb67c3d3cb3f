import fc from "fast-check";
import { expect, test } from "vitest";
import type { CreateNode, Json } from "./node.ts";
import { PROFILES } from "./profiles.ts";
import type { CrashPoint, Fault, Scenario } from "./scenario.ts";
import { simulate } from "./simulate.ts";
import { onOutputs, type Invariant } from "./trace-event.ts";

const calm: Scenario<Json> = {
  seed: 1,
  nodes: 2,
  profile: { ...PROFILES.calm, base: 5 },
  ops: [],
  faults: [],
  healAt: 1_000,
  settle: 1_000,
  maxDown: 2,
};
const ask: Scenario<Json> = { ...calm, ops: [{ at: 10, client: 0, node: 0, req: "go" }] };

type Step = "send" | "write" | "emit" | "reply" | "delete";

/** What survives when a node dies right after its nth effect block of a kind: the rule, naively. */
function survivors(steps: readonly Step[], effect: CrashPoint, nth: number): Step[] {
  const blocks: Step[][] = [];
  for (const step of steps) {
    const isCommit = step !== "send" && step !== "reply";
    const last = blocks.at(-1);
    const continues = isCommit && last !== undefined && last[0] !== "send" && last[0] !== "reply";
    if (continues) last.push(step);
    else blocks.push([step]);
  }
  let seen = 0;
  for (let i = 0; i < blocks.length; i += 1) {
    const [first] = blocks[i]!;
    const kind = first === "send" || first === "reply" ? first : "commit";
    if (kind !== effect) continue;
    if (seen === nth) return blocks.slice(0, i + 1).flat();
    seen += 1;
  }
  return [...steps];
}

test("a crash cuts a handler only between blocks: compared with a naive model", () => {
  const step = fc.constantFrom<Step>("send", "write", "emit", "reply", "delete");
  const effect = fc.constantFrom<CrashPoint>("send", "commit", "reply");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), effect, fc.nat(4), (drawn, point, nth) => {
      // One answer a ticket.
      const steps = drawn.filter((kind, i) => kind !== "reply" || drawn.indexOf(kind) === i);
      const createNode: CreateNode = (ctx) => ({
        onRequest: (ticket) => {
          steps.forEach((kind, i) => {
            if (kind === "send") ctx.send("n1", i);
            else if (kind === "write") ctx.storage.set(`k${i}`, i);
            else if (kind === "delete") ctx.storage.delete(`k${i}`);
            else if (kind === "emit") ctx.emit(i);
            else ctx.reply(ticket, i);
          });
        },
      });
      const faults: Fault[] = [{ kind: "crashOn", node: 0, effect: point, nth, for: -2 }];
      const { trace } = simulate({ ...ask, faults }, createNode, { trace: "full" });
      const kinds = new Set(["send", "write", "emit", "reply", "delete"]);
      const happened = trace.filter(({ node, kind }) => node === "n0" && kinds.has(kind));
      expect(happened.map(({ kind }) => kind)).toEqual(survivors(steps, point, nth));
    }),
  );
});

test("memory and timers die with a crash, storage and what was sent do not", () => {
  const createNode: CreateNode = (ctx) => {
    let memory = 0;
    return {
      onStart() {
        const boots = (ctx.storage.get<number>("boots") ?? 0) + 1;
        ctx.storage.set("boots", boots);
        if (boots === 1) ctx.setTimer(50, "from the first boot");
        ctx.emit({ boots, memory });
        memory = 7;
      },
      onRequest: () => ctx.send("n1", "in flight"),
      onMessage: (_from, msg) => ctx.emit(msg),
      onTimer: (tag) => ctx.emit(tag),
    };
  };
  const faults: Fault[] = [{ kind: "crash", node: 0, at: 17, for: 10 }];
  const { outputs } = simulate({ ...ask, faults }, createNode);
  expect(
    outputs.filter(({ node }) => node === "n0").map(({ at, boot, out }) => [at, boot, out]),
  ).toEqual([
    [0, 1, { boots: 1, memory: 0 }],
    [27, 2, { boots: 2, memory: 0 }],
  ]);
  expect(outputs.filter(({ node, out }) => node === "n1" && out === "in flight")).toHaveLength(1);
});

test("handlers see their own writes, and get copies", () => {
  const createNode: CreateNode = (ctx) => ({
    onRequest: (ticket) => {
      const value = { list: [1] };
      ctx.storage.set("v", value);
      value.list.push(2);
      const read = ctx.storage.get<{ list: number[] }>("v")!;
      read.list.push(3);
      ctx.storage.set("w", 0);
      ctx.storage.delete("w");
      ctx.reply(ticket, [
        ctx.storage.get<Json>("v") ?? null,
        ctx.storage.get<Json>("w") ?? null,
        ctx.storage.keys(),
      ]);
    },
  });
  const { history } = simulate(ask, createNode);
  expect(history[0]?.output).toEqual([{ list: [1] }, null, ["v"]]);
});

test("a receiver that changes a message changes nobody else's copy", () => {
  const seen: Json[] = [];
  const createNode: CreateNode = (ctx) => ({
    onRequest: () => ctx.send("n1", { hops: [] }),
    onMessage: (_from, msg: { hops: string[] }) => {
      seen.push(JSON.stringify(msg));
      msg.hops.push("changed");
    },
  });
  const faults: Fault[] = [{ kind: "dup", from: 0, to: 1, nth: 0, by: 3 }];
  const { stats } = simulate({ ...ask, faults }, createNode);
  expect(seen).toEqual(['{"hops":[]}', '{"hops":[]}']);
  expect(stats).toMatchObject({ sent: 1, delivered: 2, duplicated: 1, dropped: 0, bytes: 11 });
});

test.each<[string, Fault[], number[]]>([
  ["no fault", [], [20, 21]],
  ["a lost message", [{ kind: "drop", from: 0, to: 1, nth: 0 }], [21]],
  ["a late one", [{ kind: "delay", from: 0, to: 1, nth: 0, by: 30 }], [21, 50]],
  ["a cut", [{ kind: "cut", at: 15, for: 1, a: 1, b: 2 }], [21]],
  ["a cut the other way", [{ kind: "cut", at: 15, for: 1, a: 2, b: 1, oneWay: true }], [20, 21]],
  ["a hold", [{ kind: "hold", at: 0, for: 100, from: 0, to: 1 }], [105, 105]],
  ["a pause of the receiver", [{ kind: "pause", node: 1, at: 1, for: 99 }], [100, 100]],
  ["a receiver that is down", [{ kind: "crash", node: 1, at: 1, for: 20 }], [21]],
])("the network: %s", (_, faults, arrivals) => {
  const createNode: CreateNode = (ctx) => ({
    onRequest: () => {
      ctx.send("n1", "one");
      ctx.setTimer(1, "two");
    },
    onTimer: () => ctx.send("n1", "two"),
    onMessage: () => ctx.emit(1),
  });
  const { outputs } = simulate({ ...ask, faults }, createNode);
  expect(outputs.map(({ at }) => at)).toEqual(arrivals);
});

test("clocks jump and drift, timers do not", () => {
  const faults: Fault[] = [
    { kind: "skew", node: 0, at: 50, by: -20 },
    { kind: "drift", node: 1, ppm: 100_000 },
  ];
  const createNode: CreateNode = (ctx) => ({
    onStart: () => void ctx.setTimer(100, "t"),
    onTimer: () => ctx.emit(ctx.now()),
  });
  const { outputs } = simulate({ ...calm, faults }, createNode);
  expect(outputs.map(({ at, out }) => [at, out])).toEqual([
    [100, 80],
    [100, 110],
  ]);
});

test("a cancelled timer does not fire, not even when it waits for a paused node", () => {
  const createNode: CreateNode = (ctx) => {
    let second = 0;
    return {
      onStart() {
        ctx.setTimer(10, "first");
        second = ctx.setTimer(11, "second");
        ctx.cancelTimer(ctx.setTimer(5, "never"));
      },
      onTimer(tag) {
        ctx.emit(tag);
        ctx.cancelTimer(second);
      },
    };
  };
  const faults: Fault[] = [{ kind: "pause", node: 0, at: 1, for: 100 }];
  const { outputs } = simulate({ ...calm, nodes: 1, faults }, createNode);
  expect(outputs.map(({ at, out }) => [at, out])).toEqual([[101, "first"]]);
});

test("what clients see: ok, an error, silence, a node that is down", () => {
  const ops = [0, 1, 2, 3].map((i) => ({ at: 0, client: 0, node: i === 3 ? 1 : 0, req: i }));
  const createNode: CreateNode = (ctx) => ({
    onRequest: (ticket, req) => {
      if (req === 0) ctx.reply(ticket, { ok: true });
      if (req === 1) ctx.reply(ticket, { error: "busy" });
    },
  });
  const faults: Fault[] = [{ kind: "crash", node: 1, at: 1, for: -2 }];
  const { history } = simulate({ ...calm, ops, faults }, createNode, { clientTimeoutMs: 100 });
  expect(history.map(({ status, reason, process }) => [status, reason, process])).toEqual([
    ["ok", undefined, "c0"],
    ["info", "busy", "c0"],
    ["info", "timed out", "c0/1"],
    ["fail", "unreachable", "c0/2"],
  ]);
  expect(history.map(({ calledAt, returnedAt }) => [calledAt, returnedAt])).toEqual([
    [0, 10],
    [10, Infinity],
    [20, Infinity],
    [120, 125],
  ]);
  const definite = simulate({ ...calm, ops }, createNode, { isDefinite: () => true });
  expect(definite.history[1]?.status).toBe("fail");
});

test("a ticket kept in storage may be answered by a later boot, once to the client", () => {
  const createNode: CreateNode = (ctx) => ({
    onStart() {
      const ticket = ctx.storage.get<string>("ticket");
      if (ticket !== undefined) ctx.reply(ticket, "late");
    },
    onRequest: (ticket) => ctx.storage.set("ticket", ticket),
  });
  const faults: Fault[] = [100, 300].map((at) => ({ kind: "crash", node: 0, at, for: 50 }));
  const { history, outcome } = simulate({ ...ask, faults }, createNode);
  expect(outcome).not.toBe("threw");
  expect(history.map(({ output, returnedAt }) => [output, returnedAt])).toEqual([["late", 155]]);
});

test("clients that follow a script go on until it ends", () => {
  const { history } = simulate(
    calm,
    (ctx) => ({ onRequest: (ticket, req) => ctx.reply(ticket, req) }),
    {
      clients: 2,
      onClient: (client, past) => (past.length < 3 ? { node: client, req: past.length } : null),
    },
  );
  expect(history.map(({ process, output }) => [process, output])).toEqual(
    [0, 1, 2].flatMap((i) => [
      ["c0", i],
      ["c1", i],
    ]),
  );
});

test("no more nodes are down at once than the scenario allows", () => {
  const faults: Fault[] = [0, 1].map((node) => ({ kind: "crash", node, at: 5, for: -2 }));
  const run = simulate({ ...calm, maxDown: 1, faults }, () => ({}), { trace: "full" });
  expect(run.trace.map(({ kind, node }) => `${kind} ${node}`)).toEqual([
    "boot n0",
    "boot n1",
    "crash n0",
    "skipped n1",
  ]);
  expect([run.isUp("n0"), run.isUp("n1")]).toEqual([false, true]);
});

test("an invariant sees each event, begins anew with each run, and ends it", () => {
  const odd: Invariant = {
    name: "at most one output",
    on: ["emit"],
    start: () => {
      let seen = 0;
      return ({ node }, world) => {
        seen += 1;
        return seen > 1 ? `${node} is the second at ${world.now} ms` : undefined;
      };
    },
  };
  const createNode: CreateNode = (ctx) => ({ onStart: () => ctx.emit(ctx.id) });
  for (const _ of [1, 2]) {
    const { outcome, violation } = simulate(calm, createNode, { invariants: [odd] });
    expect(outcome).toBe("invariant");
    expect(violation).toEqual({
      name: "at most one output",
      detail: "n1 is the second at 0 ms",
      event: 3,
    });
  }
  const rule = {
    name: "none",
    start:
      () =>
      ({ out }: { out: unknown }) =>
        `saw ${String(out)}`,
  };
  expect(simulate(calm, createNode, { invariants: [onOutputs(rule)] }).violation?.detail).toBe(
    "saw n0",
  );
});
