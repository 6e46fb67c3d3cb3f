import type { Bench } from "../harness/define-bench.ts";

/** How far over its limit each budget is taken. */
const EXCESS = 1.5;

/**
 * The same bench, with one side made to cost more than each limit allows: a workload repeats its
 * call, a growth repeats it more often at each larger size, memory is filled several times. A budget
 * that does not notice has no teeth: its work is too small to be measured, or is done only once.
 */
export function plantCost(bench: Bench<object>, slow: object): Bench<object> {
  const times = (subject: object, count: number): number => (subject === slow ? count : 1);
  const { workloads, growth = [], counts = [], memory = [] } = bench;
  return {
    ...bench,
    workloads: workloads.map((workload) => ({
      ...workload,
      setup: (subject) => {
        const count = times(subject, Math.ceil(workload.maxRatio * EXCESS));
        return repeated(workload.setup(subject), count);
      },
    })),
    growth: growth.map((one) => ({
      ...one,
      setup: (subject, size) => {
        const [smallest = size] = one.sizes;
        const excess = (size / smallest) ** (one.maxExcess * EXCESS + 0.25);
        return repeated(one.setup(subject, size), times(subject, Math.round(excess)));
      },
    })),
    counts: counts.map((count) => ({
      ...count,
      run: async (subject, counter) => {
        const rounds = times(subject, Math.ceil(count.maxRatio * EXCESS));
        for (let round = 0; round < rounds; round += 1) await count.run(subject, counter);
      },
    })),
    memory: memory.map((one) => ({
      ...one,
      fill: (subject) => {
        const kept = [one.fill(subject)];
        if (subject === slow) {
          const ballast = new Float64Array(Math.ceil((one.maxBytes * EXCESS * one.elements) / 8));
          kept.push(ballast.fill(1));
        }
        return kept;
      },
    })),
  };
}

function repeated(call: () => unknown, count: number): () => unknown {
  if (count === 1) return call;
  return () => {
    let last: unknown;
    for (let i = 0; i < count; i += 1) last = call();
    return last;
  };
}
