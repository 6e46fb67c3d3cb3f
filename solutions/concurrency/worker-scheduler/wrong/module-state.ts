/**
 * @bug Goes on with the count of switches of the last call.
 * @killedBy equals-tick-model
 */
import type {
  Burst,
  Machine,
  Report,
  Segment,
  Task,
} from "../../../../katas/concurrency/worker-scheduler/stub.ts";

/** A task on its way. It waits for one thing at a time: arrival, end of io, end of a turn on a core. */
interface Job {
  readonly task: Task;
  readonly position: number;
  /** The burst that it is in; -1 before it arrives. */
  burst: number;
  /** What is left of a cpu burst when its turn ends. */
  leftMs: number;
  /** When the thing that it waits for happens. */
  atMs: number;
  core: Core | undefined;
}

let switches = 0;

interface Core {
  readonly number: number;
  lastJob: Job | undefined;
}

export function simulate(tasks: readonly Task[], machine: Machine): Report {
  const { cores, quantum, switchMs = 0 } = machine;
  requireInteger("cores", cores, 1, 1_024);
  if (quantum !== Infinity) requireInteger("quantum", quantum, 1);
  requireInteger("switchMs", switchMs, 0);
  requireTasks(tasks);

  const waiting = new Heap<Job>((a, b) => a.atMs - b.atMs || a.position - b.position);
  const free = new Heap<Core>((a, b) => a.number - b.number);
  for (let number = 0; number < cores; number += 1) free.push({ number, lastJob: undefined });
  for (const [position, task] of tasks.entries()) {
    waiting.push({ task, position, burst: -1, leftMs: 0, atMs: task.arrive, core: undefined });
  }
  const ready = new Queue<Job>();
  const finish = new Map<string, number>();
  const segments: Segment[] = [];
  let nowMs = 0;

  const nextBurst = (job: Job): void => {
    job.burst += 1;
    const burst = job.task.bursts[job.burst];
    if (burst === undefined) {
      finish.set(job.task.id, nowMs);
    } else if ("cpu" in burst) {
      job.leftMs = burst.cpu;
      ready.push(job);
    } else {
      job.atMs = nowMs + burst.io;
      waiting.push(job);
    }
  };
  const startTurn = (job: Job, core: Core, fromMs: number): void => {
    const turnMs = Math.min(quantum, job.leftMs);
    job.core = core;
    job.leftMs -= turnMs;
    job.atMs = fromMs + turnMs;
    waiting.push(job);
    segments.push({ core: core.number, task: job.task.id, from: fromMs, to: job.atMs });
  };
  const leaveCore = (job: Job): void => {
    if (job.core !== undefined) free.push(job.core);
    job.core = undefined;
  };

  for (let next = waiting.peek(); next !== undefined; next = waiting.peek()) {
    nowMs = next.atMs;
    const now: Job[] = [];
    for (; next?.atMs === nowMs; next = waiting.peek()) now.push(waiting.pop());
    const onCore = now.filter((job) => job.core !== undefined);
    const elsewhere = now.filter((job) => job.core === undefined);

    for (const job of onCore) {
      if (job.leftMs > 0) continue;
      leaveCore(job);
      nextBurst(job);
    }
    for (const job of elsewhere) nextBurst(job);
    const othersWait = ready.size > 0;
    for (const job of onCore) {
      if (job.core === undefined) continue;
      if (!othersWait) {
        startTurn(job, job.core, nowMs);
      } else {
        leaveCore(job);
        ready.push(job);
      }
    }
    while (ready.size > 0 && free.peek() !== undefined) {
      const core = free.pop();
      const job = ready.shift();
      const isSwitch = core.lastJob !== undefined && core.lastJob !== job;
      if (isSwitch) switches += 1;
      core.lastJob = job;
      startTurn(job, core, isSwitch ? nowMs + switchMs : nowMs);
    }
  }

  const merged = mergeTouching(segments);
  return {
    segments: merged,
    finish: Object.fromEntries(finish),
    makespan: nowMs,
    cpuBusy: merged.reduce((sum, { from, to }) => sum + to - from, 0),
    switches,
  };
}

export function sequential(tasks: readonly Task[]): number {
  requireTasks(tasks);
  const inOrder = tasks.toSorted((a, b) => a.arrive - b.arrive);
  return inOrder.reduce((endMs, { arrive, bursts }) => {
    return bursts.reduce((sum, burst) => sum + lengthOf(burst), Math.max(endMs, arrive));
  }, 0);
}

export function amdahl(parallelFraction: number, cores: number): number {
  requireSpeedUp(parallelFraction, cores);
  return 1 / (1 - parallelFraction + parallelFraction / cores);
}

export function gustafson(parallelFraction: number, cores: number): number {
  requireSpeedUp(parallelFraction, cores);
  return 1 - parallelFraction + parallelFraction * cores;
}

function mergeTouching(segments: readonly Segment[]): Segment[] {
  const merged: { core: number; task: string; from: number; to: number }[] = [];
  const lastOf = new Map<number, (typeof merged)[number]>();
  for (const segment of segments.toSorted((a, b) => a.from - b.from || a.core - b.core)) {
    const last = lastOf.get(segment.core);
    if (last?.task === segment.task && last.to === segment.from) {
      last.to = segment.to;
    } else {
      const opened = { ...segment };
      lastOf.set(segment.core, opened);
      merged.push(opened);
    }
  }
  return merged;
}

function lengthOf(burst: Burst): number {
  return "cpu" in burst ? burst.cpu : burst.io;
}

function requireTasks(tasks: readonly Task[]): void {
  const ids = new Set<string>();
  for (const { id, arrive, bursts } of tasks) {
    if (ids.has(id)) throw new RangeError(`two tasks have the id ${JSON.stringify(id)}`);
    ids.add(id);
    requireInteger("arrive", arrive, 0);
    if (bursts.length === 0) throw new RangeError(`${JSON.stringify(id)} has no bursts`);
    for (const burst of bursts) requireInteger("burst", lengthOf(burst), 1);
  }
}

function requireSpeedUp(parallelFraction: number, cores: number): void {
  requireInteger("cores", cores, 1);
  if (parallelFraction >= 0 && parallelFraction <= 1) return;
  throw new RangeError(`parallelFraction must be from 0 to 1, got ${parallelFraction}`);
}

function requireInteger(
  name: string,
  value: number,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}

/** First in, first out; `shift` of an array would move all others. */
class Queue<Item> {
  #items: Item[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item {
    const item = this.#items[this.#head]!;
    this.#head += 1;
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

/** The least item first. */
class Heap<Item> {
  readonly #items: Item[] = [];
  readonly #compare: (a: Item, b: Item) => number;

  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  push(item: Item): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#compare(items[above]!, item) <= 0) break;
      items[at] = items[above]!;
      at = above;
    }
    items[at] = item;
  }

  /** Takes the least item out; there must be one. */
  pop(): Item {
    const items = this.#items;
    const least = items[0]!;
    const last = items.pop()!;
    if (items.length === 0) return least;
    let at = 0;
    for (let below = 1; below < items.length; below = 2 * at + 1) {
      if (below + 1 < items.length && this.#compare(items[below + 1]!, items[below]!) < 0)
        below += 1;
      if (this.#compare(last, items[below]!) <= 0) break;
      items[at] = items[below]!;
      at = below;
    }
    items[at] = last;
    return least;
  }
}
