/** `kata/harness`: what the author of a spec or bench sees. */
export { defineSpec } from "./define-spec.ts";
export {
  defineBench,
  type Bench,
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
export { inBatches } from "./in-batches.ts";
export { drainMicrotasks } from "./ambient-guard.ts";
export { keys, keysOrEmpty } from "./arbitraries/keys.ts";
export { badOptions, notIntegersIn } from "./arbitraries/bad-numbers.ts";
export { zipfIndexes } from "./arbitraries/zipf.ts";
export { limiterLaws } from "./laws/limiter.ts";
export { askManyKeys, askOneKey, churnKeys, pollOneKey } from "./laws/limiter-load.ts";
export { limiterScripts, type LimiterCall, type LimiterMoves } from "./laws/limiter-scripts.ts";
