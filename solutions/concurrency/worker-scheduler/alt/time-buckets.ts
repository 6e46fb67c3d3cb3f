/** @design A bucket of jobs for each instant, and a heap of the instants; cores in a row. */
import type {
  Machine,
  Report,
  Segment,
  Task,
} from "../../../../katas/concurrency/worker-scheduler/stub.ts";

interface Job {
  readonly task: Task;
  readonly position: number;
  burst: number;
  left: number;
  /** The core that it is on, or -1. */
  core: number;
}

export function simulate(tasks: readonly Task[], machine: Machine): Report {
  check(tasks);
  const { cores, quantum, switchMs = 0 } = machine;
  const good =
    isInteger(cores, 1, 1_024) &&
    (quantum === Infinity || isInteger(quantum, 1)) &&
    isInteger(switchMs, 0);
  if (!good) throw new RangeError("the machine is out of range");

  const agenda = new Agenda();
  for (const [position, task] of tasks.entries()) {
    agenda.add(task.arrive, { task, position, burst: -1, left: 0, core: -1 });
  }
  const running: (Job | undefined)[] = Array.from({ length: cores });
  const last: (Job | undefined)[] = Array.from({ length: cores });
  const segmentsOf: Segment[][] = Array.from({ length: cores }, () => []);
  const finish: [string, number][] = [];
  /** Those before `head` have been taken. */
  const queue: Job[] = [];
  let head = 0;
  let [makespan, switches] = [0, 0];

  for (let instant = agenda.next(); instant !== undefined; instant = agenda.next()) {
    const { at, jobs } = instant;
    const advance = (job: Job): void => {
      const burst = job.task.bursts[(job.burst += 1)];
      if (burst === undefined) finish.push([job.task.id, (makespan = at)]);
      else if ("io" in burst) agenda.add(at + burst.io, job);
      else {
        job.left = burst.cpu;
        queue.push(job);
      }
    };
    const run = (job: Job, core: number, from: number): void => {
      const length = Math.min(quantum, job.left);
      job.left -= length;
      job.core = core;
      running[core] = job;
      last[core] = job;
      agenda.add(from + length, job);
      const mine = segmentsOf[core]!;
      const before = mine.at(-1);
      const joins = before?.task === job.task.id && before.to === from;
      if (joins) mine.pop();
      mine.push({ core, task: job.task.id, from: joins ? before.from : from, to: from + length });
    };

    const ended = jobs.filter(({ core, left }) => core >= 0 && left === 0);
    const paused = jobs.filter(({ core, left }) => core >= 0 && left > 0);
    const others = jobs.filter(({ core }) => core < 0);
    for (const job of ended) {
      running[job.core] = undefined;
      job.core = -1;
      advance(job);
    }
    for (const job of others) advance(job);
    if (head === queue.length) {
      for (const job of paused) run(job, job.core, at);
    } else {
      for (const job of paused) {
        running[job.core] = undefined;
        job.core = -1;
        queue.push(job);
      }
    }
    for (let core = 0; core < cores && head < queue.length; core += 1) {
      if (running[core] !== undefined) continue;
      const job = queue[head]!;
      head += 1;
      const changes = last[core] !== undefined && last[core] !== job;
      if (changes) switches += 1;
      run(job, core, changes ? at + switchMs : at);
    }
  }

  const segments = segmentsOf.flat().sort((a, b) => a.from - b.from || a.core - b.core);
  const cpuBusy = segments.reduce((sum, { from, to }) => sum + (to - from), 0);
  return { segments, finish: Object.fromEntries(finish), makespan, cpuBusy, switches };
}

/** Jobs by the instant at which something happens to them. */
class Agenda {
  readonly #jobs = new Map<number, Job[]>();
  readonly #times: number[] = [];

  add(at: number, job: Job): void {
    const jobs = this.#jobs.get(at);
    if (jobs !== undefined) {
      jobs.push(job);
      return;
    }
    this.#jobs.set(at, [job]);
    const times = this.#times;
    let index = times.push(at) - 1;
    for (let above = (index - 1) >> 1; index > 0 && times[above]! > at; above = (index - 1) >> 1) {
      times[index] = times[above]!;
      times[above] = at;
      index = above;
    }
  }

  next(): { at: number; jobs: Job[] } | undefined {
    const times = this.#times;
    const at = times[0];
    if (at === undefined) return undefined;
    const last = times.pop()!;
    for (let index = 0; times.length > 0;) {
      times[index] = last;
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const below = (times[right] ?? Infinity) < (times[left] ?? Infinity) ? right : left;
      if (!(times[below]! < last)) break;
      times[index] = times[below]!;
      index = below;
    }
    const jobs = this.#jobs.get(at) ?? [];
    this.#jobs.delete(at);
    return { at, jobs: jobs.sort((a, b) => a.position - b.position) };
  }
}

export function sequential(tasks: readonly Task[]): number {
  check(tasks);
  let end = 0;
  for (const { arrive, bursts } of [...tasks].sort((a, b) => a.arrive - b.arrive)) {
    end = Math.max(end, arrive);
    for (const burst of bursts) end += "cpu" in burst ? burst.cpu : burst.io;
  }
  return end;
}

export function amdahl(parallelFraction: number, cores: number): number {
  checkLaw(parallelFraction, cores);
  return cores / (cores * (1 - parallelFraction) + parallelFraction);
}

export function gustafson(parallelFraction: number, cores: number): number {
  checkLaw(parallelFraction, cores);
  return cores - (1 - parallelFraction) * (cores - 1);
}

function checkLaw(parallelFraction: number, cores: number): void {
  const isShare = parallelFraction >= 0 && parallelFraction <= 1;
  if (!isShare || !isInteger(cores, 1)) throw new RangeError("out of range");
}

function check(tasks: readonly Task[]): void {
  if (new Set(tasks.map(({ id }) => id)).size < tasks.length) throw new RangeError("an id twice");
  for (const { arrive, bursts } of tasks) {
    const lengths = bursts.map((burst) => ("cpu" in burst ? burst.cpu : burst.io));
    const good = isInteger(arrive, 0) && lengths.every((length) => isInteger(length, 1));
    if (!good || lengths.length === 0) throw new RangeError("a task is out of range");
  }
}

function isInteger(value: number, min: number, max = Infinity): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
