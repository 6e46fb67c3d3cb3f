/** A stretch of work on a core, or of waiting that needs no core: ms, an integer >= 1. */
export type Burst = { readonly cpu: number } | { readonly io: number };

export interface Task {
  /** Any string; no two tasks have the same. */
  readonly id: string;
  /** When it comes, in ms: an integer >= 0. */
  readonly arrive: number;
  /** What it does, one after the other: at least one. */
  readonly bursts: readonly Burst[];
}

export interface Machine {
  /** An integer from 1 to 1,024. */
  readonly cores: number;
  /** How long a task may run while others wait, in ms: an integer >= 1, or Infinity. */
  readonly quantum: number;
  /** What it costs a core to change from one task to another, in ms: an integer >= 0; default 0. */
  readonly switchMs?: number;
}

/** A task that works on a core, from `from` up to but not including `to`, in ms. */
export interface Segment {
  /** 0 to cores - 1. */
  readonly core: number;
  readonly task: string;
  readonly from: number;
  readonly to: number;
}

export interface Report {
  /** In order of `from`, then of `core`. Segments of one task on one core that touch are one. */
  readonly segments: Segment[];
  /** When each task ended, by id. */
  readonly finish: Record<string, number>;
  /** When the last task ended; 0 without tasks. */
  readonly makespan: number;
  /** The lengths of all segments, added up. */
  readonly cpuBusy: number;
  /** How often a core changed from one task to another. */
  readonly switches: number;
}

/**
 * Runs the tasks on the machine, round robin, and reports who worked where and when.
 * @throws RangeError for numbers out of their ranges, ids that occur twice, and tasks without bursts.
 */
export function simulate(tasks: readonly Task[], machine: Machine): Report {
  throw new Error("unimplemented: simulate");
}

/**
 * When the last task ends if they run one after the other, in order of arrival, and nobody works while
 * one waits for io; 0 without tasks.
 * @throws RangeError as `simulate` does.
 */
export function sequential(tasks: readonly Task[]): number {
  throw new Error("unimplemented: sequential");
}

/**
 * How many times faster `cores` are than one, for a fixed amount of work.
 * @param parallelFraction the share of the work that can be spread, 0 to 1
 * @param cores an integer >= 1
 * @throws RangeError when an argument is out of its range.
 */
export function amdahl(parallelFraction: number, cores: number): number {
  throw new Error("unimplemented: amdahl");
}

/**
 * How many times more work `cores` do than one, in a fixed time.
 * @param parallelFraction the share of that time that is spent on work that is spread, 0 to 1
 * @param cores an integer >= 1
 * @throws RangeError when an argument is out of its range.
 */
export function gustafson(parallelFraction: number, cores: number): number {
  throw new Error("unimplemented: gustafson");
}
