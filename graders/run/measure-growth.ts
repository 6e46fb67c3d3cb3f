import type { Growth } from "../harness/define-bench.ts";
import type { GrowthPoint } from "../model/outcome.ts";
import { chooseIterations, prepare, timeBlock, warmUp, type Sides } from "./measure-workload.ts";

const BLOCKS = 9;
const WARM_UP_MS = 20;
/** A call that takes longer than this has shown how it grows: no larger size is tried. */
const TOO_LONG_MS = 300;

/**
 * Times one call of both sides at growing sizes, in alternating blocks, the best of each: what a
 * busy machine adds is never negative.
 */
export function measureGrowth(growth: Growth<object>, sides: Sides): GrowthPoint[] {
  const points: GrowthPoint[] = [];
  for (const size of growth.sizes) {
    const point = measurePoint(growth, sides, size);
    points.push(point);
    if (point.attemptMs > TOO_LONG_MS) break;
  }
  return points;
}

function measurePoint(growth: Growth<object>, sides: Sides, size: number): GrowthPoint {
  const setup = (subject: object): (() => unknown) => growth.setup(subject, size);
  const calls = {
    attempt: prepare(setup, sides.attempt),
    reference: prepare(setup, sides.reference),
  };
  const fastest = warmUp(calls, WARM_UP_MS);
  let { attempt: attemptMs, reference: referenceMs } = fastest;
  const iterations = chooseIterations(fastest);
  for (let block = 0; block < BLOCKS && attemptMs <= TOO_LONG_MS; block += 1) {
    const times = timeBlock(calls, iterations, block % 2 === 1);
    attemptMs = Math.min(attemptMs, times.attempt);
    referenceMs = Math.min(referenceMs, times.reference);
  }
  return { size, attemptMs, referenceMs };
}
