import type { Scenario } from "../../kit/sim/scenario.ts";
import { simulate } from "../../kit/sim/simulate.ts";
import { tellStory, type Story } from "../../kit/sim/story/tell-story.ts";
import { runOptions, type SimulationSpec } from "./judge-run.ts";

export interface ToldExample {
  readonly story: Story;
  /** What ended it early. */
  readonly broken?: string;
}

/** Runs an example and tells all of it. */
export function tellExample<Req, Setup, Options>(
  scenario: Scenario<Req, Setup>,
  spec: SimulationSpec<Req, Setup, Options>,
): ToldExample {
  const run = simulate(scenario, spec.createNode, { ...runOptions(scenario, spec), trace: "full" });
  const story = tellStory(scenario, run);
  const broken = run.error?.message ?? run.violation?.detail ?? run.reason;
  return broken === undefined ? { story } : { story, broken };
}
