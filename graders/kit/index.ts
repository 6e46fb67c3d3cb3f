/**
 * `kata/kit`: time, chance and hashing that a test can hold in its hand. Pure and deterministic;
 * it never reads the real clock. It lives in graders/ because the grader supplies it.
 */
export type { Clock, Hash32, Random, Scheduler } from "./ports.ts";
export { hash32 } from "./hash32.ts";
export { sha1 } from "./sha1.ts";
export { sha256 } from "./sha256.ts";
export { SeededRandom } from "./seeded-random.ts";
export { VirtualClock } from "./virtual-clock.ts";
export { VirtualScheduler } from "./virtual-scheduler.ts";
export type {
  CreateNode,
  FreeFormat,
  Json,
  NodeContext,
  NodeHandlers,
  NodeId,
  NodeStorage,
} from "./sim/node.ts";
