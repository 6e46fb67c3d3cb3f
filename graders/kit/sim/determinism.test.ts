import { expect, test } from "vitest";
import { Cluster } from "./cluster.ts";
import type { CreateNode, Json } from "./node.ts";
import type { Scenario } from "./scenario.ts";
import { simulate } from "./simulate.ts";

/** Talks, stores, crashes, draws lots: something of everything. */
const chatty: CreateNode = (ctx) => ({
  onStart: () => void ctx.setTimer(Math.floor(ctx.random() * 50), "t"),
  onTimer: () => {
    ctx.storage.set("n", (ctx.storage.get<number>("n") ?? 0) + 1);
    for (const peer of ctx.peers) ctx.send(peer, { type: "n", n: ctx.storage.get("n") });
    ctx.setTimer(20 + Math.floor(ctx.random() * 50), "t");
  },
  onMessage: (_from, { n }: { n: number }) => {
    if (n % 3 === 0) ctx.emit(n);
  },
});

const hostile: Scenario<Json> = {
  seed: 1,
  ops: [],
  faults: [],
  healAt: 1_000,
  settle: 1_000,
  maxDown: 2,
  nodes: 3,
  profile: {
    base: 20,
    jitter: 60,
    drop: 100,
    dup: 100,
    crash: 50,
    down: 40,
    fifo: false,
    shuffleTies: true,
  },
};

test("1,000 scenarios: the same hash again, and in turns with another cluster", () => {
  const hashes = new Set<string>();
  for (let seed = 0; seed < 1_000; seed += 1) {
    const scenario = { ...hostile, seed, healAt: 300, settle: 0 };
    const { hash } = simulate(scenario, chatty, { trace: "hash" });
    hashes.add(hash);
    const pair = [scenario, { ...scenario, seed: seed + 1 }].map(
      (each) => new Cluster(each, chatty, { trace: "hash" }),
    );
    while (pair.map((cluster) => cluster.step()).includes(true));
    expect(pair[0]?.result().hash).toBe(hash);
    expect(simulate(scenario, chatty, { trace: "full" }).hash).toBe(hash);
  }
  expect(hashes.size).toBe(1_000);
});

test("the fate of a message does not depend on the other links", () => {
  const quiet: CreateNode = (ctx) => ({
    ...chatty(ctx, undefined),
    ...(ctx.id === "n2" ? { onStart() {} } : {}),
  });
  const fates = (createNode: CreateNode): string[] => {
    const { trace } = simulate(
      { ...hostile, profile: { ...hostile.profile, crash: 0, drop: 400 } },
      createNode,
      { trace: "full" },
    );
    return trace
      .filter(({ kind, node, peer }) => kind === "lost" && node === "n1" && peer === "n0")
      .map(({ at }) => `${at}`);
  };
  expect(fates(chatty).length).toBeGreaterThan(0);
  expect(fates(quiet)).toEqual(fates(chatty));
});
