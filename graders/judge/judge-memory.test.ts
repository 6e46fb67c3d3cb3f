import { expect, test } from "vitest";
import { judgeMemory } from "./judge-memory.ts";

test.each([
  [1.2, "within"],
  [4, "within"],
  [4.01, "over"],
  [-0.3, "within"],
])("%d bytes a key at a limit of 4: %s", (attemptBytes, outcome) => {
  const budget = {
    kind: "memory",
    id: "bits",
    rule: 9,
    what: "key",
    elements: 1,
    maxBytes: 4,
  } as const;
  expect(judgeMemory(budget, { attemptBytes, referenceBytes: 1.2 })).toMatchObject({
    outcome,
    kind: "memory",
    bytes: attemptBytes,
    limit: 4,
  });
});
