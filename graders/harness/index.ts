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
export { call, callAt, perform, type Call, type TimedCall } from "./calls.ts";
export { inBatches } from "./in-batches.ts";
export { drainMicrotasks } from "./ambient-guard.ts";
export { keys, keysOrEmpty } from "./arbitraries/keys.ts";
export { names } from "./arbitraries/names.ts";
export { notIntegersIn } from "./arbitraries/bad-numbers.ts";
export { zipfIndexes } from "./arbitraries/zipf.ts";
