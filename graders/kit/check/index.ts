/**
 * `kata/harness/check`: judges of histories, outputs and states, for specs. A path of its own, so that
 * only a spec that uses them loads them.
 */
export { assertHistory, type Model, type Op, type Output, type OutputRule } from "./history.ts";
export {
  linearizable,
  sequential,
  type OrderOptions,
  type OrderResult,
} from "./linear/linearizable.ts";
export type { Stuck } from "./linear/explain.ts";
export { stuckAsSvg, stuckAsText } from "./linear/draw-intervals.ts";
export { queue, register, type QueueInput, type RegisterInput } from "./linear/models.ts";
export {
  sessionFaults,
  type SessionFault,
  type SessionGuarantee,
  type SessionView,
} from "./session.ts";
export { causalFault, type CausalFault, type RegisterAccess } from "./causal.ts";
export { serializable, type SerializableResult } from "./transactions/serializable.ts";
export {
  asLists,
  type ListAccess,
  type Transaction,
  type VersionAccess,
} from "./transactions/history.ts";
export { crdtLaws, type BrokenLaw, type Crdt, type CrdtStep } from "./crdt-laws.ts";
export {
  delivery,
  type DeliveryFault,
  type DeliveryLog,
  type DeliveryOptions,
} from "./delivery.ts";
export {
  agreement,
  convergence,
  electionSafety,
  integrity,
  judgeOutputs,
  validity,
  type DecisionOf,
} from "./consensus.ts";
