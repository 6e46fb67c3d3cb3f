import { performance } from "node:perf_hooks";
import { Bench as Stopwatch } from "tinybench";
import type { Workload } from "../harness/define-bench.ts";
import { FEWEST_BLOCKS, judgeRatio } from "../judge/judge-ratio.ts";
import { median } from "../judge/statistics.ts";

const WARMER_CALLS = 30;
const WARMERS_MS = 100;
/** With 60 ms the same code on both sides was now and then compiled on one side only: 1.3 for 1. */
const WARM_UP_MS = 150;
/** What one side of a block should last; a side much slower than its rival may take `LONGEST_MS`. */
const BLOCK_MS = 2;
const LONGEST_MS = 20;
const MOST_CALLS = 10_000;
/** Blocks and time before the first look at the interval, and blocks between two looks. */
const FIRST_LOOK = 10;
const FIRST_LOOK_MS = 100;
const NEXT_LOOK = 5;
/** Past the cap no further block begins, unless there are too few for any verdict. */
const CAP_MS = 3_000;
/** Below this the clock tells nothing: it keeps a ratio positive. */
const CLOCK_STEP_MS = 1e-5;

// Captured while only trusted code has run.
const now = performance.now.bind(performance);

export interface Sides {
  readonly attempt: object;
  readonly reference: object;
  /** Other correct implementations of the same interface. */
  readonly warmers: readonly object[];
}

export interface RatioSample {
  readonly ratios: number[];
  readonly attemptMs: number;
  readonly referenceMs: number;
  readonly ms: number;
}

export type Call = () => void;
export interface Pair<T> {
  readonly attempt: T;
  readonly reference: T;
}

/**
 * Times attempt and reference in short alternating blocks and compares them within each block, so
 * that a busy machine slows both sides alike. It stops as soon as the verdict is clear.
 */
export function measureWorkload(workload: Workload<object>, sides: Sides): RatioSample {
  const start = now();
  pollute(workload, sides.warmers);
  const calls: Pair<Call> = {
    attempt: prepare(workload.setup, sides.attempt),
    reference: prepare(workload.setup, sides.reference),
  };
  const iterations = chooseIterations(warmUp(calls, WARM_UP_MS));
  const ratios: number[] = [];
  const attemptMs: number[] = [];
  const referenceMs: number[] = [];
  const blocksStart = now();
  while (ratios.length < FEWEST_BLOCKS || now() - blocksStart < CAP_MS) {
    const block = timeBlock(calls, iterations, ratios.length % 2 === 1);
    attemptMs.push(block.attempt);
    referenceMs.push(block.reference);
    ratios.push(block.attempt / block.reference);
    if (
      isLook(ratios.length) &&
      now() - blocksStart >= FIRST_LOOK_MS &&
      judgeRatio({ ...workload, kind: "time" }, ratios).outcome !== "inconclusive"
    )
      break;
  }
  const ms = now() - start;
  return { ratios, attemptMs: median(attemptMs), referenceMs: median(referenceMs), ms };
}

/**
 * Runs other implementations through the workload first, so that the compiler does not specialise
 * the code both sides share for whichever of them runs first.
 */
function pollute(workload: Workload<object>, warmers: readonly object[]): void {
  for (const warmer of warmers) {
    const call = prepare(workload.setup, warmer);
    const end = now() + WARMERS_MS / warmers.length;
    for (let i = 0; i < WARMER_CALLS && (i === 0 || now() < end); i += 1) call();
  }
}

export function prepare(setup: (subject: object) => () => unknown, subject: object): Call {
  const timed = setup(subject);
  // Returns nothing: the stopwatch reads a measurement out of an object that a call returns.
  return () => {
    timed();
  };
}

/**
 * Runs both sides in turn, each for at least half the time, and returns the fastest call of each, in
 * ms. A fast side needs many calls to be compiled, however slow its rival is.
 */
export function warmUp(calls: Pair<Call>, forMs: number, clock = now): Pair<number> {
  const fastest = { attempt: Infinity, reference: Infinity };
  const leftMs = { attempt: forMs / 2, reference: forMs / 2 };
  do {
    for (const side of ["reference", "attempt"] as const) {
      if (leftMs[side] <= 0) continue;
      const start = clock();
      calls[side]();
      const took = clock() - start;
      leftMs[side] -= took;
      fastest[side] = Math.min(fastest[side], took);
    }
  } while (leftMs.attempt > 0 || leftMs.reference > 0);
  return fastest;
}

/** How often a block calls each side. */
export function chooseIterations({ attempt, reference }: Pair<number>): Pair<number> {
  const wanted = Math.min(BLOCK_MS / reference, LONGEST_MS / attempt);
  const both = Math.min(Math.max(Math.round(wanted), 1), MOST_CALLS);
  if (attempt <= LONGEST_MS) return { attempt: both, reference: both };
  // One call beside a long one is a matter of luck: a collection falls into it, or does not.
  const more = Math.min(Math.max(Math.round(LONGEST_MS / reference), both), MOST_CALLS);
  return { attempt: both, reference: more };
}

/** The median time of one call of each side, in ms. */
export function timeBlock(
  calls: Pair<Call>,
  iterations: Pair<number>,
  attemptFirst: boolean,
): Pair<number> {
  const order = attemptFirst
    ? (["attempt", "reference"] as const)
    : (["reference", "attempt"] as const);
  const ms = { attempt: 0, reference: 0 };
  for (const side of order) ms[side] = medianMs(calls[side], iterations[side]);
  return ms;
}

function medianMs(call: Call, iterations: number): number {
  const stopwatch = new Stopwatch({ time: 0, iterations, warmup: false, throws: true, now });
  stopwatch.add("side", call, { async: false });
  stopwatch.runSync();
  const result = stopwatch.getTask("side")?.result;
  if (result?.state !== "completed") throw new Error(`the block ended ${result?.state}`);
  return Math.max(result.latency.p50, CLOCK_STEP_MS);
}

function isLook(blocks: number): boolean {
  return blocks >= FIRST_LOOK && (blocks - FIRST_LOOK) % NEXT_LOOK === 0;
}
