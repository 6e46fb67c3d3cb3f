import { expect, test } from "vitest";
import { enumerateCrashes } from "./enumerate-crashes.ts";
import { PROFILES } from "./profiles.ts";
import type { Scenario } from "./scenario.ts";

const calm: Scenario = {
  seed: 1,
  nodes: 2,
  profile: PROFILES.calm,
  ops: [],
  faults: [],
  healAt: 1_000,
  settle: 1_000,
  maxDown: 2,
};

test("every combination of crash points, each once", () => {
  const all = [...enumerateCrashes(calm, { effects: ["send", "commit"], upTo: 3, nodes: 2 })];
  // One without a crash, 2 x 6 with one, 6 x 6 with two.
  expect(all).toHaveLength(1 + 12 + 36);
  expect(new Set(all.map(({ faults }) => JSON.stringify(faults))).size).toBe(49);
});
