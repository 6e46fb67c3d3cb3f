import type { BenchWorkload } from "../model/outcome.ts";

/** One timed piece of work, the same for attempt and reference. */
export interface Workload<Stub extends object> extends BenchWorkload {
  /**
   * Prepares one side and returns what is timed. The timed function is called many times, so it
   * must leave the structure in a state from which it can run again at the same cost.
   */
  readonly setup: (subject: Stub) => () => unknown;
}

export interface Bench<Stub extends object> {
  readonly slug: string;
  readonly workloads: readonly Workload<Stub>[];
}

/**
 * Defines the time budgets of a kata: workloads and limits as data. The grader measures attempt and
 * reference block by block in one process; a bench never reads a clock.
 */
export function defineBench<Stub extends object>(
  slug: string,
  bench: { readonly workloads: readonly Workload<Stub>[] },
): Bench<Stub> {
  return { slug, ...bench };
}
