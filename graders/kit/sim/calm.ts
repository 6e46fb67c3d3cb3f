import { PROFILES } from "./profiles.ts";
import type { Fault, PlannedOp, Scenario } from "./scenario.ts";

export interface CalmSpec<Req, Setup> {
  readonly nodes: number;
  /** How long the run is, in ms. */
  readonly lengthMs: number;
  readonly ops?: readonly PlannedOp<Req>[];
  /** Every message takes this long, in ms; default 5. */
  readonly base?: number;
  /** Faults of a story that is told on purpose; all of them happen within `lengthMs`. */
  readonly faults?: readonly Fault[];
  readonly seed?: number;
  readonly setup?: Setup;
}

/** A scenario without chance: for examples, fixed stories and budgets. */
export function calm<Req = never, Setup = null>({
  nodes,
  lengthMs,
  ops = [],
  base = PROFILES.calm.base,
  faults = [],
  seed = 1,
  setup,
}: CalmSpec<Req, Setup>): Scenario<Req, Setup> {
  const { jitter, drop, dup, crash, down, fifo, shuffleTies } = PROFILES.calm;
  return {
    seed,
    nodes,
    profile: { base, jitter, drop, dup, crash, down, fifo, shuffleTies },
    ops,
    faults,
    healAt: lengthMs,
    settle: 0,
    maxDown: nodes,
    ...(setup === undefined ? {} : { setup }),
  };
}
