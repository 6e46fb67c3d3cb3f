/** Budgets of `worker-scheduler`: tasks that compute, wait and compute again. */
import { defineBench } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/concurrency/worker-scheduler/stub.ts";

type Subject = typeof Stub;
const random = new SeededRandom(1);

export const bench = defineBench<Subject>("worker-scheduler", {
  workloads: [
    {
      id: "event-driven",
      rule: 10,
      what: "200 tasks of three bursts of about 100,000 ms on 4 cores",
      maxRatio: 3,
      setup: (subject) => run(subject, 200, { burstMs: 100_000, quantum: Infinity }),
    },
    {
      id: "round-robin",
      rule: 10,
      what: "200 tasks of three bursts of about 10 ms on 4 cores, quantum 5 ms",
      maxRatio: 3,
      setup: (subject) => run(subject, 200, { burstMs: 10, quantum: 5 }),
    },
  ],
  growth: [
    {
      id: "burst-length",
      rule: 10,
      what: "100 tasks, by the length of their bursts in ms",
      sizes: [10, 1_000, 100_000],
      maxExcess: 0.25,
      setup: (subject, burstMs) => run(subject, 100, { burstMs, quantum: Infinity }),
    },
    {
      id: "many-tasks",
      rule: 10,
      what: "all tasks, by their number",
      sizes: [250, 1_000, 2_000],
      maxExcess: 0.3,
      setup: (subject, size) => run(subject, size, { burstMs: 1_000, quantum: Infinity }),
    },
  ],
});

function run(
  { simulate }: Subject,
  count: number,
  { burstMs, quantum }: { burstMs: number; quantum: number },
): () => Stub.Report {
  const about = (): number => 1 + random.below(2 * burstMs);
  const tasks = Array.from({ length: count }, (_, i): Stub.Task => {
    const bursts = [{ cpu: about() }, { io: about() }, { cpu: about() }];
    return { id: `task-${i}`, arrive: random.below(count), bursts };
  });
  return () => simulate(tasks, { cores: 4, quantum, switchMs: 1 });
}
