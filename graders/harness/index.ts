/** `kata/harness`: what the author of a spec or bench sees. */
export { defineSpec } from "./define-spec.ts";
export {
  defineBench,
  type Bench,
  type Count,
  type Growth,
  type Memory,
  type Workload,
} from "./define-bench.ts";
export type { Check, Player, PropertyMeta, RandomMeta, Script, ThrowCase } from "./check.ts";
export {
  close,
  equal,
  holds,
  literal,
  throws,
  verbatim,
  within,
  type Verbatim,
} from "./violation.ts";
export { CallCounter } from "./call-counter.ts";
export { call, callAt, perform, type Call, type TimedCall } from "./calls.ts";
export { inBatches } from "./in-batches.ts";
export { drainMicrotasks } from "./ambient-guard.ts";
export { keys, keysOrEmpty } from "./arbitraries/keys.ts";
export { names } from "./arbitraries/names.ts";
export { badOptions, notIntegersIn } from "./arbitraries/bad-numbers.ts";
export { zipfIndexes } from "./arbitraries/zipf.ts";
export { arbScenario, type OpSpec, type ScenarioSpec } from "./sim/arb-scenario.ts";
export type { SimulationSpec } from "./sim/judge-run.ts";
export type { ClientOp, ClientScript } from "../kit/sim/clients.ts";
export type { Run, RunStats, SimulateOptions } from "../kit/sim/run.ts";
export type { Fault, PlannedOp, Profile, Scenario } from "../kit/sim/scenario.ts";
export { simulate } from "../kit/sim/simulate.ts";
export {
  onOutputs,
  type Invariant,
  type NodeOutput,
  type TraceEvent,
  type World,
} from "../kit/sim/trace-event.ts";
export { wire, Wire, type WireMessage, type WireOptions } from "../kit/sim/wire.ts";
export { enumerateCrashes, type CrashRange } from "../kit/sim/enumerate-crashes.ts";
export { calm, type CalmSpec } from "../kit/sim/calm.ts";
export { limiterLaws } from "./laws/limiter.ts";
export { askManyKeys, askOneKey, churnKeys, pollOneKey } from "./laws/limiter-load.ts";
export { limiterScripts, type LimiterCall, type LimiterMoves } from "./laws/limiter-scripts.ts";
