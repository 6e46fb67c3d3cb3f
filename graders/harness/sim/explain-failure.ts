import { minimise } from "../../kit/sim/minimise/minimise.ts";
import type { Run } from "../../kit/sim/run.ts";
import type { Scenario } from "../../kit/sim/scenario.ts";
import { simulate } from "../../kit/sim/simulate.ts";
import { tellStory, type Story } from "../../kit/sim/story/tell-story.ts";
import { judgeRun, runOptions, type SimulationSpec } from "./judge-run.ts";

/** A failure of a simulation, made small and told. */
export interface Explained {
  readonly error: unknown;
  readonly input: unknown;
  readonly story: Story;
}

/**
 * Makes a failing scenario as small as it gets and tells its run. Undefined when it does not fail by
 * itself: when only its repetition did.
 */
export function explainFailure<Req, Setup, Options>(
  scenario: Scenario<Req, Setup>,
  spec: SimulationSpec<Req, Setup, Options>,
  isOver: () => boolean,
): Explained | undefined {
  const first = attempt(scenario, spec, "off");
  if (first.error === undefined) return undefined;
  const kind = nameOf(first.error);
  const input = minimise(
    scenario,
    (candidate) => {
      const { run, error } = attempt(candidate, spec, "off");
      return nameOf(error) === kind ? run.struck : undefined;
    },
    { isOver },
  );
  const { run, error = first.error } = attempt(input, spec, "full");
  const last = run.outcome === "threw" ? run.trace.at(-1)?.index : run.violation?.event;
  return { error, input, story: tellStory(input, run, last) };
}

function attempt<Req, Setup, Options>(
  scenario: Scenario<Req, Setup>,
  spec: SimulationSpec<Req, Setup, Options>,
  trace: "off" | "full",
): { readonly run: Run; readonly error?: unknown } {
  const run = simulate(scenario, spec.createNode, { ...runOptions(scenario, spec), trace });
  try {
    judgeRun(run, scenario, spec);
    return { run };
  } catch (error) {
    return { run, error };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
