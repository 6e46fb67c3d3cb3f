import { expect, test, vi } from "vitest";
import type { SpecPlan } from "../model/outcome.ts";
import type { SpecEnd } from "./contain-spec.ts";
import { runSpec } from "./run-spec.ts";

const contained = vi.hoisted((): { end?: SpecEnd } => ({}));
vi.mock("./contain-spec.ts", () => ({ containSpec: async () => contained.end }));

const plan: SpecPlan = { slug: "tally", seed: 1, subjects: [], exports: [] };
const ended = { code: null, signal: null, output: "", problem: "the worker exited" };

test("a spec that does not come back from its import is told so, and not what the runner makes of it", async () => {
  contained.end = { ...ended, reason: "timed-out" };
  await expect(runSpec("tally.spec.ts", plan)).rejects.toThrow(
    "its spec does not load within 60 s. What does it do when it is imported?",
  );
  contained.end = { ...ended, reason: "exited" };
  await expect(runSpec("tally.spec.ts", plan)).rejects.toThrow(
    "its spec cannot be loaded: the worker exited",
  );
});
