/** What `worker-scheduler` is compared with: the rules, one millisecond after the other. */
import fc from "fast-check";
import { keysOrEmpty } from "kata/harness";
import type {
  Burst,
  Machine,
  Report,
  Segment,
  Task,
} from "../../katas/concurrency/worker-scheduler/stub.ts";

interface Job {
  readonly task: Task;
  burst: number;
  leftMs: number;
  place: "away" | "io" | "queue" | "core" | "end";
}
interface Core {
  job: Job | undefined;
  last: Job | undefined;
  switchingMs: number;
  quantumMs: number;
}

export const lengthOf = (burst: Burst): number => ("cpu" in burst ? burst.cpu : burst.io);
export const cpuOf = ({ bursts }: Task): number =>
  bursts.reduce((sum, burst) => sum + ("cpu" in burst ? burst.cpu : 0), 0);

/** A simulator that looks at every core and every task in every millisecond. */
export function tickByTick(tasks: readonly Task[], machine: Machine): Report {
  const { quantum, switchMs = 0 } = machine;
  const cores = Array.from({ length: machine.cores }, (): Core => {
    return { job: undefined, last: undefined, switchingMs: 0, quantumMs: 0 };
  });
  const jobs = tasks.map((task): Job => ({ task, burst: -1, leftMs: 0, place: "away" }));
  const queue: Job[] = [];
  const finish: Record<string, number> = Object.create(null) as Record<string, number>;
  const worked: Segment[] = [];
  let [switches, makespan] = [0, 0];
  const coreOf = (job: Job): Core | undefined => cores.find((core) => core.job === job);

  for (let now = 0; jobs.some(({ place }) => place !== "end"); now += 1) {
    const goOn = (job: Job): void => {
      job.burst += 1;
      const burst = job.task.bursts[job.burst];
      job.leftMs = burst === undefined ? 0 : lengthOf(burst);
      job.place = burst === undefined ? "end" : "cpu" in burst ? "queue" : "io";
      if (job.place === "queue") queue.push(job);
      if (job.place === "end") finish[job.task.id] = makespan = now;
    };
    for (const job of jobs.filter(({ place, leftMs }) => place === "core" && leftMs === 0)) {
      coreOf(job)!.job = undefined;
      goOn(job);
    }
    for (const job of jobs) {
      const arrives = job.place === "away" && job.task.arrive === now;
      if (arrives || (job.place === "io" && job.leftMs === 0)) goOn(job);
    }
    const somebodyWaits = queue.length > 0;
    for (const job of jobs) {
      const core = coreOf(job);
      if (core === undefined || core.quantumMs > 0) continue;
      core.quantumMs = quantum;
      if (!somebodyWaits) continue;
      core.job = undefined;
      job.place = "queue";
      queue.push(job);
    }
    for (const core of cores) {
      const job = core.job === undefined ? queue.shift() : undefined;
      if (job === undefined) continue;
      const isSwitch = core.last !== undefined && core.last !== job;
      if (isSwitch) switches += 1;
      Object.assign(core, {
        job,
        last: job,
        switchingMs: isSwitch ? switchMs : 0,
        quantumMs: quantum,
      });
      job.place = "core";
    }
    for (const [number, core] of cores.entries()) {
      if (core.switchingMs > 0) {
        core.switchingMs -= 1;
      } else if (core.job !== undefined) {
        core.job.leftMs -= 1;
        core.quantumMs -= 1;
        worked.push({ core: number, task: core.job.task.id, from: now, to: now + 1 });
      }
    }
    for (const job of jobs) if (job.place === "io") job.leftMs -= 1;
  }
  return { segments: merge(worked), finish, makespan, cpuBusy: worked.length, switches };
}

/** Joins milliseconds, which come in order of time. */
function merge(worked: readonly Segment[]): Segment[] {
  const segments: Segment[] = [];
  for (const ms of worked) {
    const at = segments.findIndex(
      ({ core, task, to }) => core === ms.core && task === ms.task && to === ms.from,
    );
    if (at === -1) segments.push(ms);
    else segments[at] = { ...segments[at]!, to: ms.to };
  }
  return segments.sort((a, b) => a.from - b.from || a.core - b.core);
}

/** A report as a story: `core 0 runs "a" from 0 to 2`. */
export function tell({ segments, finish, makespan, cpuBusy, switches }: Report): string[] {
  return [
    ...segments.map(({ core, task, from, to }) => {
      return `core ${core} runs ${JSON.stringify(task)} from ${from} to ${to}`;
    }),
    ...Object.entries(finish)
      .map(([id, at]) => `${JSON.stringify(id)} ends at ${at}`)
      .sort(),
    `makespan ${makespan}, cpuBusy ${cpuBusy}, switches ${switches}`,
  ];
}

export const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const bursts = (kind: fc.Arbitrary<"cpu" | "io">, maxLength: number): fc.Arbitrary<Burst[]> =>
  fc.array(
    fc.record({ kind, ms: range(1, 10) }).map(({ kind, ms }): Burst => {
      return kind === "cpu" ? { cpu: ms } : { io: ms };
    }),
    { minLength: 1, maxLength },
  );
/** Up to eight tasks, most of which come within a few ms. */
export function taskLists(
  kinds: fc.Arbitrary<"cpu" | "io"> = fc.constantFrom("cpu", "cpu", "io"),
  arrive: fc.Arbitrary<number> = range(0, 8),
): fc.Arbitrary<Task[]> {
  const names = fc.oneof(
    { withCrossShrink: true },
    fc.constant(["A", "B", "C", "D", "E", "F", "G", "H"]),
    fc.uniqueArray(keysOrEmpty(), { minLength: 8, maxLength: 8 }),
  );
  const drafts = fc.array(fc.record({ arrive, bursts: bursts(kinds, 4) }), {
    maxLength: 8,
    size: "max",
  });
  return fc.record({ names, drafts }).map(({ names, drafts }) => {
    return drafts.map((draft, i): Task => ({ id: names[i]!, ...draft }));
  });
}
export const machines: fc.Arbitrary<Machine> = fc
  .record({
    cores: range(1, 4),
    quantum: fc.oneof(range(1, 5), fc.constant(Infinity)),
    switchMs: fc.oneof(fc.constant(undefined), range(0, 2)),
  })
  .map(({ switchMs, ...rest }) => (switchMs === undefined ? rest : { ...rest, switchMs }));
