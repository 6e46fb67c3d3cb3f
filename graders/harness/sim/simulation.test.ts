import fc from "fast-check";
import { expect, test } from "vitest";
import { calm } from "../../kit/sim/calm.ts";
import type { CreateNode, Json } from "../../kit/sim/node.ts";
import type { Scenario } from "../../kit/sim/scenario.ts";
import type { PropertyRecord, SpecPlan } from "../../model/outcome.ts";
import { Story } from "../../model/story.ts";
import { Check } from "../check.ts";
import { runProperty } from "../run-property.ts";
import { equal } from "../violation.ts";
import { arbScenario } from "./arb-scenario.ts";
import type { SimulationSpec } from "./judge-run.ts";

const plan: SpecPlan = { slug: "toy", subjects: [], exports: [], seed: 1 };
const scenarios = arbScenario({
  nodes: [2, 3],
  profile: { like: "weather", length: 300, settle: 200 },
  ops: { request: fc.constant("go"), min: 1, max: 3 },
  faults: ["crash", "drop"],
});

function judge(
  spec: SimulationSpec<string, null, unknown>,
  {
    over = {},
    unaided = false,
    examples = [],
  }: { over?: Partial<SpecPlan>; unaided?: boolean; examples?: Scenario<string, null>[] } = {},
): Promise<PropertyRecord> {
  const check = new Check();
  check.simulation("s", { rule: 1, points: 10, runs: 40, examples }, scenarios, spec);
  return runProperty({ name: "subject", unaided }, check.runners[0]!, { ...plan, ...over });
}

const echo: CreateNode = (ctx) => ({ onRequest: (ticket, req) => ctx.reply(ticket, req) });

test("holds for sound nodes, and counts its runs", async () => {
  const live = ({ history }: { history: readonly unknown[] }): void => {
    equal(history.length > 0, true, "whether anything was asked");
  };
  expect(await judge({ createNode: echo, live })).toMatchObject({ outcome: "held", runs: 40 });
});

test.each<[string, CreateNode, string, string]>([
  [
    "throws",
    () => ({
      onRequest() {
        throw new RangeError("full");
      },
    }),
    'n0.onRequest("c0.0", "go")',
    "threw RangeError: full",
  ],
  [
    "is async",
    () => ({ onRequest: async () => undefined }) as never,
    'n0.onRequest("c0.0", "go")',
    "threw TypeError: handlers are synchronous, but it returned a promise",
  ],
  [
    "sends a function",
    (ctx) => ({ onRequest: () => ctx.send("n1", () => 1) }),
    'n0.onRequest("c0.0", "go")',
    "threw TypeError: ctx.send to n1: message must be JSON data: it is a function",
  ],
  [
    "is not written",
    () => {
      throw new Error("unimplemented: createNode");
    },
    "n0.onStart()",
    "threw Error: unimplemented: createNode",
  ],
])(
  "a node that %s errs: which handler, with what, and the story of it",
  async (_, createNode, what, actual) => {
    const record = await judge({ createNode });
    expect(record).toMatchObject({ outcome: "errored", failure: { what, actual } });
    expect(Story.parse(record.failure?.story).faults).toEqual([]);
  },
);

test("a cluster that never rests fails liveness with the reason, and safety not at all", async () => {
  const restless: CreateNode = (ctx) => ({
    onStart: () => void ctx.setTimer(0, "again"),
    onTimer: () => void ctx.setTimer(0, "again"),
  });
  expect(await judge({ createNode: restless, check: () => undefined })).toMatchObject({
    outcome: "held",
  });
  const record = await judge({ createNode: restless, live: () => undefined });
  expect(record).toMatchObject({
    outcome: "violated",
    failure: {
      what: "whether the cluster comes to rest",
      actual: "more than 2000 events at 0 ms; 0 messages sent",
    },
  });
});

test("a variable of the module is found out, by a second run or by a twin", async () => {
  let outlives = 0;
  const counting: CreateNode = (ctx) => ({
    ...echo(ctx, null),
    onStart: () => ctx.emit((outlives += 1)),
  });
  const record = await judge({ createNode: counting });
  expect(record).toMatchObject({
    outcome: "violated",
    failure: { what: "the same scenario, run twice" },
  });
  // Cleared by each first boot, so that clusters one after the other do not notice.
  let shared: Json[] = [];
  const sharing: CreateNode = (ctx) => ({
    ...echo(ctx, null),
    onStart() {
      if (ctx.id === "n0" && ctx.now() === 0) shared = [];
      shared.push(ctx.id);
      ctx.emit(shared);
    },
  });
  expect(await judge({ createNode: sharing })).toMatchObject({
    outcome: "violated",
    failure: { what: "two clusters, taken in turns in one process" },
  });
});

test("a failure is told small: noise as faults, and replays by its seed and path", async () => {
  // Forgets at a crash what it has acknowledged.
  const forgetful: CreateNode = (ctx) => {
    let heard = false;
    return {
      onStart: () => void ctx.setTimer(40, "say"),
      onRequest: (ticket) => {
        heard = true;
        ctx.reply(ticket, "ok");
      },
      onTimer: () => {
        ctx.emit(heard);
        ctx.setTimer(40, "say");
      },
    };
  };
  const spec: SimulationSpec<string, null, unknown> = {
    createNode: forgetful,
    live: ({ history, outputs }) => {
      for (const { node, status } of history) {
        const last = outputs.filter((output) => output.node === node).at(-1)?.out;
        if (status === "ok" && last !== undefined) equal(last, true, `what ${node} remembers`);
      }
    },
  };
  const record = await judge(spec);
  expect(record).toMatchObject({ outcome: "violated", failure: { actual: "false" } });
  expect(record.failure?.story?.faults).toHaveLength(1);
  expect(record.failure?.story?.rows.some(({ kind }) => kind === "crash")).toBe(true);
  const again = await judge(spec, {
    over: { replay: { seed: record.seed, path: record.path ?? "" } },
  });
  expect(again.failure?.story).toEqual(record.failure?.story);
});

test("pinned scenarios come first, and can be left out", async () => {
  const pinned = calm<string>({ nodes: 2, lengthMs: 77, ops: [] });
  const seen: number[] = [];
  const check = ({ endedAt }: { endedAt: number }, { healAt }: Scenario<string, null>): void => {
    seen.push(healAt);
    equal(endedAt <= healAt + 200, true, "when it ended");
  };
  await judge({ createNode: echo, check }, { examples: [pinned] });
  expect(seen[0]).toBe(77);
  seen.length = 0;
  await judge({ createNode: echo, check }, { examples: [pinned], unaided: true });
  expect(seen).not.toContain(77);
});

test("every scenario that is drawn or shrunk is a legal one", () => {
  const hostile = arbScenario({
    nodes: [1, 2, 9],
    profile: "hostile",
    faults: ["drop", "dup", "delay", "cut", "hold", "crash", "crashOn", "pause", "skew", "drift"],
    maxFaults: 30,
    setup: fc.constantFrom("line", "ring"),
  });
  const silent: CreateNode = () => ({});
  const check = new Check();
  check.simulation("s", { rule: 1, points: 1, runs: 300 }, hostile, { createNode: silent });
  return expect(runProperty({ name: "subject" }, check.runners[0]!, plan)).resolves.toMatchObject({
    outcome: "held",
  });
});
