import { ClientDesk, type Desk } from "./client-desk.ts";
import type { ClientOp } from "./clients.ts";
import type { Event } from "./event.ts";
import { mix } from "./mix.ts";
import type { CreateNode, NodeId } from "./node.ts";
import { NodeDriver, type Stage } from "./node-driver.ts";
import type { NodeRuntime } from "./node-runtime.ts";
import { EventQueue } from "./queue.ts";
import { Recorder } from "./recorder.ts";
import type { Outcome, Run, SimulateOptions } from "./run.ts";
import { DEFAULT_LIMITS, assertScenario, type Limits, type Scenario } from "./scenario.ts";
import type { NodeOutput, World } from "./trace-event.ts";

const TIMER_TIE = 9;

/** A whole cluster, its network, disks and clients in one queue of events. */
export class Cluster implements Stage, World, Desk {
  readonly seed: number;
  readonly nodeIds: readonly NodeId[];
  readonly outputs: NodeOutput[] = [];
  readonly recorder: Recorder;
  readonly desk: ClientDesk;
  now = 0;
  readonly #limits: Limits;
  readonly #endAt: number;
  readonly #shufflesTies: boolean;
  readonly #queue = new EventQueue<Event>();
  readonly #driver: NodeDriver;
  /** Timers that may still fire; one that was cancelled stays in the queue until it is due. */
  readonly #timers = new Map<number, NodeRuntime>();
  #lastTimer = 0;
  #cancelled = 0;
  #seq = 0;
  #events = 0;
  #atOnce = 0;
  #outcome: Outcome | undefined;
  #error: Error | undefined;
  #reason: string | undefined;

  constructor(
    scenario: Scenario<unknown, unknown>,
    createNode: CreateNode,
    options: SimulateOptions,
  ) {
    assertScenario(scenario);
    const { seed, nodes, profile, healAt, settle, limits } = scenario;
    this.seed = seed;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#endAt = healAt + settle;
    this.#shufflesTies = profile.shuffleTies;
    this.#driver = new NodeDriver(this, scenario, createNode, options.options);
    this.nodeIds = this.#driver.nodes.map(({ id }) => id);
    this.recorder = new Recorder(options.trace ?? "off", options.invariants ?? [], this);
    this.desk = new ClientDesk(this, scenario, options);
    for (let node = 0; node < nodes; node += 1) this.schedule(0, "boot", node, -1);
    this.#scheduleFaults(scenario);
    this.desk.open();
  }

  #scheduleFaults({ faults }: Scenario<unknown, unknown>): void {
    for (const fault of faults) {
      switch (fault.kind) {
        case "crash":
        case "pause":
          this.schedule(fault.at, fault.kind, fault.node, -1, { from: fault.for });
          break;
        case "skew":
          this.schedule(fault.at, fault.kind, fault.node, -1, { from: fault.by });
          break;
        case "drift":
          this.#driver.nodes[fault.node]!.ppm = fault.ppm;
          break;
        default:
        // The others strike messages and effects: network and crash plan know them.
      }
    }
  }

  get history(): readonly ClientOp[] {
    return this.desk.history;
  }

  isUp(node: NodeId): boolean {
    return this.#driver.nodes[this.nodeIds.indexOf(node)]?.isUp ?? false;
  }

  bootOf(node: NodeId): number {
    return this.#driver.nodes[this.nodeIds.indexOf(node)]?.boot ?? 0;
  }

  schedule: Stage["schedule"] = (
    time,
    kind,
    to,
    cause,
    { name = "", data = null, from = 0, tie = 0, id = 0 } = NOTHING,
  ) => {
    this.#queue.push({ time, tie, seq: this.#seq, kind, to, from, data, name, id, cause });
    this.#seq += 1;
  };

  setTimer(node: NodeRuntime, ms: number, tag: string): number {
    this.#lastTimer += 1;
    const id = this.#lastTimer;
    this.#timers.set(id, node);
    const { index, boot } = node;
    const tie = this.#shufflesTies ? mix(this.seed, TIMER_TIE, index * 65_536 + boot, id) : 0;
    const more = { name: tag, from: boot, tie, id };
    this.schedule(this.now + ms, "timer", index, this.recorder.next - 1, more);
    return id;
  }

  cancelTimer(node: NodeRuntime, timer: number): void {
    if (this.#timers.get(timer) !== node) return;
    this.#timers.delete(timer);
    this.#cancelled += 1;
  }

  takeTimer(timer: number): boolean {
    const waited = this.#timers.delete(timer);
    if (!waited) this.#cancelled -= 1;
    return waited;
  }

  refuseReply(node: NodeRuntime, ticket: string): string | undefined {
    return this.desk.refuseReply(node, ticket);
  }

  fail(error: Error): void {
    this.#outcome ??= "threw";
    this.#error ??= error;
  }

  /** Lets the next thing happen; false when the run has come to its end. */
  step(): boolean {
    if (this.#outcome !== undefined) return false;
    const event = this.#queue.peek();
    if (event === undefined || event.time > this.#endAt) {
      this.#outcome = event === undefined ? "idle" : "settled";
      if (event !== undefined) this.now = this.#endAt;
      return false;
    }
    this.#queue.pop();
    if (event.kind === "timer" && !this.#timers.has(event.id)) {
      this.#cancelled -= 1;
      return true;
    }
    this.#atOnce = event.time === this.now ? this.#atOnce + 1 : 0;
    this.now = event.time;
    this.#events += 1;
    this.#dispatch(event);
    if (this.recorder.violation !== undefined) this.#outcome ??= "invariant";
    this.#checkLimits();
    return this.#outcome === undefined;
  }

  #dispatch(event: Event): void {
    switch (event.kind) {
      case "invoke":
        return this.desk.invoke(event);
      case "response":
        return this.desk.respond(event);
      case "give-up":
        return this.desk.giveUp(event);
      default:
        return this.#driver.happen(event);
    }
  }

  #checkLimits(): void {
    const { events, atOnce, pending } = this.#limits;
    if (this.#atOnce > atOnce) {
      this.#exceed("zeno", `more than ${atOnce} events at ${this.now} ms`);
    } else if (this.#events >= events) {
      this.#exceed("budget", `${events} events by ${this.now} ms`);
    } else if (this.#queue.size - this.#cancelled > pending) {
      this.#exceed("budget", `more than ${pending} messages and timers wait at ${this.now} ms`);
    }
  }

  #exceed(outcome: Outcome, what: string): void {
    this.#outcome ??= outcome;
    this.#reason ??= `${what}; ${this.#driver.traffic.busiest()}`;
  }

  result(): Run {
    const { recorder, now: endedAt } = this;
    const { nodes, traffic } = this.#driver;
    return {
      outcome: this.#outcome ?? "budget",
      hash: recorder.hash,
      events: this.#events,
      endedAt,
      history: this.history,
      outputs: this.outputs,
      stats: traffic.stats(),
      ...(recorder.violation === undefined ? {} : { violation: recorder.violation }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(this.#reason === undefined ? {} : { reason: this.#reason }),
      trace: recorder.trace,
      struck: [...this.#driver.struck, ...this.desk.struck],
      isUp: (id) => this.isUp(id),
      storage: (id) => Object.fromEntries(nodes.find((node) => node.id === id)?.storage ?? []),
    };
  }
}

const NOTHING = {};
