import { Cluster } from "./cluster.ts";
import type { CreateNode } from "./node.ts";
import type { Run, SimulateOptions } from "./run.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Runs one scenario on the nodes of a candidate: a pure function of both. Neither clock nor chance
 * of the machine has a part in it.
 * @throws RangeError for a scenario that cannot be.
 */
export function simulate<Req, Setup, Options>(
  scenario: Scenario<Req, Setup>,
  createNode: CreateNode<Options>,
  options: SimulateOptions<Options> = {},
): Run {
  const cluster = new Cluster(scenario, createNode, options);
  while (cluster.step());
  return cluster.result();
}
