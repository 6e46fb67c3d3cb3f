import { Cluster } from "../../kit/sim/cluster.ts";
import type { CreateNode } from "../../kit/sim/node.ts";
import type { Run, SimulateOptions } from "../../kit/sim/run.ts";
import type { Scenario } from "../../kit/sim/scenario.ts";
import { simulate } from "../../kit/sim/simulate.ts";
import { Violation } from "../violation.ts";

/** What a simulation property does with a scenario. */
export interface SimulationSpec<Req, Setup, Options> extends Omit<
  SimulateOptions<Options>,
  "options" | "trace"
> {
  readonly createNode: CreateNode<Options>;
  /** The second argument of createNode. */
  readonly options?: Options | ((scenario: Scenario<Req, Setup>) => Options);
  /** Safety: judged at the end of every run, however it ended. Throws a violation. */
  readonly check?: (run: Run, scenario: Scenario<Req, Setup>) => void;
  /** Liveness: judged when the run has settled; one that never does fails it. */
  readonly live?: (run: Run, scenario: Scenario<Req, Setup>) => void;
}

/**
 * Runs a scenario and throws what a property throws when it does not hold. With `repeats`, also when
 * the run is another one the second time.
 */
export function judgeScenario<Req, Setup, Options>(
  scenario: Scenario<Req, Setup>,
  spec: SimulationSpec<Req, Setup, Options>,
  { repeats = false }: { readonly repeats?: boolean } = {},
): void {
  const options = runOptions(scenario, spec);
  const trace = repeats ? "hash" : "off";
  const run = simulate(scenario, spec.createNode, { ...options, trace });
  if (repeats) judgeRepeatable(scenario, spec, run.hash);
  judgeRun(run, scenario, spec);
}

export function runOptions<Req, Setup, Options>(
  scenario: Scenario<Req, Setup>,
  { options, ...rest }: SimulationSpec<Req, Setup, Options>,
): SimulateOptions<Options> {
  const made =
    typeof options === "function"
      ? (options as (scenario: Scenario<Req, Setup>) => Options)(scenario)
      : options;
  return { ...rest, ...(made === undefined ? {} : { options: made }) };
}

export function judgeRun<Req, Setup, Options>(
  run: Run,
  scenario: Scenario<Req, Setup>,
  { check, live }: SimulationSpec<Req, Setup, Options>,
): void {
  if (run.error !== undefined) throw run.error;
  if (run.violation !== undefined) {
    const { name, detail, event } = run.violation;
    throw new Violation({
      what: `${name}, after event ${event} at ${run.endedAt} ms`,
      actual: detail,
    });
  }
  check?.(run, scenario);
  if (live === undefined) return;
  if (run.outcome === "budget" || run.outcome === "zeno") {
    const expected = `a run that settles within ${scenario.healAt + scenario.settle} ms`;
    throw new Violation({
      what: "whether the cluster comes to rest",
      expected,
      actual: run.reason ?? run.outcome,
    });
  }
  live(run, scenario);
}

/**
 * A run is a function of its scenario: it has the same hash a second time, and also while another
 * cluster runs in the same process. What differs has memory outside its nodes.
 */
function judgeRepeatable<Req, Setup, Options>(
  scenario: Scenario<Req, Setup>,
  spec: SimulationSpec<Req, Setup, Options>,
  once: string,
): void {
  const options = { ...runOptions(scenario, spec), trace: "hash" as const };
  if (simulate(scenario, spec.createNode, options).hash !== once) {
    throw new Violation({
      what: "the same scenario, run twice",
      expected: "the same run both times",
      actual: "another run: a variable of the module outlives the nodes, or chance is not from ctx",
    });
  }
  const pair = [0, 1].map(() => new Cluster(scenario, spec.createNode, options));
  while (pair.map((cluster) => cluster.step()).includes(true));
  if (pair.every((cluster) => cluster.result().hash === once)) return;
  throw new Violation({
    what: "two clusters, taken in turns in one process",
    expected: "each runs as it does alone",
    actual: "they disturb each other: a variable of the module is memory that all nodes share",
  });
}
