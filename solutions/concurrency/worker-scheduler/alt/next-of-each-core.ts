/** @design Each core knows when its turn ends; arrivals and io stand in one sorted list. */
import type {
  Burst,
  Machine,
  Report,
  Segment,
  Task,
} from "../../../../katas/concurrency/worker-scheduler/stub.ts";

interface Process {
  readonly id: string;
  readonly position: number;
  readonly bursts: readonly Burst[];
  done: number;
  rest: number;
}
interface Core {
  readonly core: number;
  process: Process | undefined;
  lastId: string | undefined;
  endsAt: number;
  open: { core: number; task: string; from: number; to: number } | undefined;
}
interface Sleeper {
  readonly at: number;
  readonly process: Process;
}

export function simulate(tasks: readonly Task[], machine: Machine): Report {
  validate(tasks);
  within(machine.cores, 1, 1_024);
  if (machine.quantum !== Infinity) within(machine.quantum, 1);
  within(machine.switchMs ?? 0, 0);
  return new Simulation(tasks, machine).run();
}

class Simulation {
  readonly #machine: Machine;
  readonly #cores: Core[];
  /** The next one last, so that it can be popped. */
  readonly #sleepers: Sleeper[];
  readonly #ready: Process[] = [];
  readonly #segments: Segment[] = [];
  readonly #finish: [string, number][] = [];
  #now = 0;
  #switches = 0;

  constructor(tasks: readonly Task[], machine: Machine) {
    this.#machine = machine;
    this.#cores = Array.from({ length: machine.cores }, (_, core): Core => {
      return { core, process: undefined, lastId: undefined, endsAt: Infinity, open: undefined };
    });
    this.#sleepers = tasks
      .map(({ id, arrive, bursts }, position) => {
        return { at: arrive, process: { id, position, bursts, done: 0, rest: 0 } };
      })
      .sort(laterFirst);
  }

  run(): Report {
    let makespan = 0;
    for (let at = this.#next(); at < Infinity; at = this.#next()) {
      makespan = this.#now = at;
      this.#step();
    }
    for (const { open } of this.#cores) if (open !== undefined) this.#segments.push(open);
    const segments = this.#segments.sort((a, b) => a.from - b.from || a.core - b.core);
    let cpuBusy = 0;
    for (const { from, to } of segments) cpuBusy += to - from;
    const finish = Object.fromEntries(this.#finish);
    return { segments, finish, makespan, cpuBusy, switches: this.#switches };
  }

  #next(): number {
    const turns = this.#cores.map(({ endsAt }) => endsAt);
    return Math.min(this.#sleepers.at(-1)?.at ?? Infinity, ...turns);
  }

  #step(): void {
    const due = this.#cores.filter(({ endsAt }) => endsAt === this.#now);
    due.sort((a, b) => (a.process?.position ?? 0) - (b.process?.position ?? 0));
    const paused: Core[] = [];
    for (const core of due) {
      if (core.process !== undefined && core.process.rest > 0) paused.push(core);
      else this.#goOn(release(core));
    }
    while (this.#sleepers.at(-1)?.at === this.#now) this.#goOn(this.#sleepers.pop()!.process);
    const othersWait = this.#ready.length > 0;
    for (const core of paused) {
      if (othersWait) this.#ready.push(release(core));
      else this.#turn(core, core.process!, this.#now);
    }
    for (const core of this.#cores) {
      if (this.#ready.length === 0) break;
      if (core.process === undefined) this.#dispatch(core, this.#ready.shift()!);
    }
  }

  #goOn(process: Process): void {
    const burst = process.bursts[process.done];
    process.done += 1;
    if (burst === undefined) this.#finish.push([process.id, this.#now]);
    else if ("io" in burst) this.#sleep({ at: this.#now + burst.io, process });
    else {
      process.rest = burst.cpu;
      this.#ready.push(process);
    }
  }

  #sleep(sleeper: Sleeper): void {
    let [low, high] = [0, this.#sleepers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (laterFirst(this.#sleepers[middle]!, sleeper) < 0) low = middle + 1;
      else high = middle;
    }
    this.#sleepers.splice(low, 0, sleeper);
  }

  #dispatch(core: Core, process: Process): void {
    const isSwitch = core.lastId !== undefined && core.lastId !== process.id;
    if (isSwitch) this.#switches += 1;
    core.process = process;
    core.lastId = process.id;
    this.#turn(core, process, this.#now + (isSwitch ? (this.#machine.switchMs ?? 0) : 0));
  }

  #turn(core: Core, process: Process, from: number): void {
    const length = Math.min(this.#machine.quantum, process.rest);
    process.rest -= length;
    core.endsAt = from + length;
    if (core.open?.task === process.id && core.open.to === from) {
      core.open.to = core.endsAt;
      return;
    }
    if (core.open !== undefined) this.#segments.push(core.open);
    core.open = { core: core.core, task: process.id, from, to: core.endsAt };
  }
}

function release(core: Core): Process {
  const process = core.process!;
  core.process = undefined;
  core.endsAt = Infinity;
  return process;
}

function laterFirst(a: Sleeper, b: Sleeper): number {
  return b.at - a.at || b.process.position - a.process.position;
}

export function sequential(tasks: readonly Task[]): number {
  validate(tasks);
  let end = 0;
  for (const task of tasks.toSorted((a, b) => a.arrive - b.arrive)) {
    if (task.arrive > end) end = task.arrive;
    for (const burst of task.bursts) end += Object.values(burst)[0] as number;
  }
  return end;
}

export function amdahl(parallelFraction: number, cores: number): number {
  return 1 / (serialOf(parallelFraction, cores) + parallelFraction / cores);
}

export function gustafson(parallelFraction: number, cores: number): number {
  return serialOf(parallelFraction, cores) + parallelFraction * cores;
}

function serialOf(parallelFraction: number, cores: number): number {
  within(cores, 1);
  if (parallelFraction >= 0 && parallelFraction <= 1) return 1 - parallelFraction;
  throw new RangeError("parallelFraction must be from 0 to 1");
}

function validate(tasks: readonly Task[]): void {
  const ids = new Set<string>();
  for (const { id, arrive, bursts } of tasks) {
    within(arrive, 0);
    within(bursts.length, 1);
    for (const burst of bursts) within("io" in burst ? burst.io : burst.cpu, 1);
    ids.add(id);
  }
  if (ids.size !== tasks.length) throw new RangeError("ids must differ");
}

function within(value: number, min: number, max = Infinity): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`not an integer from ${min} to ${max}: ${value}`);
  }
}
