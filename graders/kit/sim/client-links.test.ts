import { expect, test } from "vitest";
import { calm } from "./calm.ts";
import { concretise } from "./minimise/minimise.ts";
import type { CreateNode, Json } from "./node.ts";
import type { Fault, Scenario } from "./scenario.ts";
import { simulate } from "./simulate.ts";
import { tellFault } from "./story/tell-fault.ts";

/** Answers each request with how many it has had. */
const counter: CreateNode = (ctx) => {
  let had = 0;
  return {
    onRequest: (ticket) => {
      had += 1;
      ctx.reply(ticket, had);
    },
  };
};

const ops = [0, 100, 200].map((at) => ({ at, client: 0, node: 0, req: "count" }));
const calmly = calm<Json, Json>({ nodes: 1, lengthMs: 5_000, ops });

function answers(scenario: Scenario<Json>): unknown[] {
  return simulate(scenario, counter, { clientTimeoutMs: 1_000 }).history.map(
    ({ status, output, returnedAt }) => (status === "ok" ? [output, returnedAt] : status),
  );
}

test("clients' links are sound unless the scenario says otherwise", () => {
  const profile = { ...calmly.profile, drop: 1_000, jitter: 300 };
  expect(answers({ ...calmly, profile })).toEqual([
    [1, 10],
    [2, 110],
    [3, 210],
  ]);
  expect(answers({ ...calmly, profile, clientFaults: true })).toEqual(["info", "info", "info"]);
});

test("a lost request never happened, a lost reply did, a late one comes later", () => {
  const lost = (way: "request" | "reply"): Fault => {
    return { kind: "clientDrop", client: 0, way, nth: 0 };
  };
  expect(answers({ ...calmly, faults: [lost("request")] })).toEqual([
    "info",
    [1, 1_010],
    [2, 1_020],
  ]);
  expect(answers({ ...calmly, faults: [lost("reply")] })).toEqual(["info", [2, 1_010], [3, 1_020]]);
  const late: Fault = { kind: "clientDelay", client: 0, way: "reply", nth: 1, by: 40 };
  expect(answers({ ...calmly, faults: [late] })).toEqual([
    [1, 10],
    [2, 150],
    [3, 210],
  ]);
  expect(tellFault(lost("request"))).toBe("1st request of c0 lost");
  expect(tellFault(late)).toBe("2nd reply to c0 40 ms late");
});

test("the noise that struck, as faults, does the same without the noise", () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const profile = { ...calmly.profile, drop: 300, jitter: 400 };
    const noisy = { ...calmly, seed, profile, clientFaults: true };
    const { struck } = simulate(noisy, counter);
    expect(answers(concretise(noisy, struck))).toEqual(answers(noisy));
  }
});
