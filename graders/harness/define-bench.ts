import type { CountBudget, GrowthBudget, MemoryBudget, TimeBudget } from "../model/outcome.ts";
import type { CallCounter } from "./call-counter.ts";

/** One timed piece of work, the same for attempt and reference. */
export interface Workload<Stub extends object> extends Omit<TimeBudget, "kind"> {
  /**
   * Prepares one side and returns what is timed. The timed function is called many times, so it
   * must leave the structure in a state from which it can run again at the same cost.
   */
  readonly setup: (subject: Stub) => () => unknown;
}

/** How the time of a fixed piece of work may grow with the size of the structure. */
export interface Growth<Stub extends object> extends Omit<GrowthBudget, "kind"> {
  /** As for a workload, on a structure of `size`; the timed work does not depend on the size. */
  readonly setup: (subject: Stub, size: number) => () => unknown;
}

/** How often injected objects may be used: comparisons, disk reads, messages. */
export interface Count<Stub extends object> extends Omit<CountBudget, "kind"> {
  /**
   * Does a fixed piece of work on one side; `counter` watches the objects it is given. The same
   * subject must come to the same total each time.
   */
  readonly run: (subject: Stub, counter: CallCounter) => unknown;
}

/** How many bytes an element may keep in memory. */
export interface Memory<Stub extends object> extends Omit<MemoryBudget, "kind"> {
  /**
   * Fills one structure with `elements` elements and returns it, or an array of structures that
   * hold so many between them. What it returns is kept alive and weighed; keys should be made
   * inside, if the structure is to be charged for them, and outside otherwise.
   */
  readonly fill: (subject: Stub) => unknown;
}

export interface Bench<Stub extends object> {
  readonly slug: string;
  readonly workloads: readonly Workload<Stub>[];
  readonly growth?: readonly Growth<Stub>[];
  readonly counts?: readonly Count<Stub>[];
  readonly memory?: readonly Memory<Stub>[];
}

/**
 * Defines the budgets of a kata: workloads and limits as data. The grader measures attempt and
 * reference side by side in one process; a bench never reads a clock.
 */
export function defineBench<Stub extends object>(
  slug: string,
  bench: Omit<Bench<Stub>, "slug">,
): Bench<Stub> {
  return { slug, ...bench };
}
