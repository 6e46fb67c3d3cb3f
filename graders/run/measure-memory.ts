import { setImmediate } from "node:timers/promises";
import type { Memory } from "../harness/define-bench.ts";
import { median } from "../judge/statistics.ts";
import type { Sides } from "./measure-workload.ts";

const WARM_UPS = 3;
const READINGS = 10;
/** The second takes what finalizers and weak references of the first let go. */
const COLLECTIONS = 2;

/** Bytes an element that each side retains. */
export interface Weight {
  readonly attemptBytes: number;
  readonly referenceBytes: number;
}

/**
 * Weighs what a filled structure keeps alive: the median of several readings, as the engine's own
 * caches come and go, less what the same procedure finds for a structure of nothing.
 */
export async function measureMemory(memory: Memory<object>, sides: Sides): Promise<Weight> {
  const nothing = await weigh(() => ({}), memory.elements);
  const attempt = await weigh(() => memory.fill(sides.attempt), memory.elements);
  const reference = await weigh(() => memory.fill(sides.reference), memory.elements);
  return { attemptBytes: attempt - nothing, referenceBytes: reference - nothing };
}

async function weigh(fill: () => unknown, elements: number): Promise<number> {
  for (let i = 0; i < WARM_UPS; i += 1) fill();
  const readings: number[] = [];
  for (let i = 0; i < READINGS; i += 1) {
    const before = await retainedBytes();
    const kept = [fill()];
    const after = await retainedBytes();
    readings.push((after - before) / elements);
    // Alive until here: the collector may take what is not used again.
    kept.length = 0;
  }
  return median(readings);
}

async function retainedBytes(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("start node with --expose-gc");
  for (let i = 0; i < COLLECTIONS; i += 1) {
    await setImmediate();
    // Without arguments: to Node 20 whatever is passed means a collection of the young only.
    gc();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
