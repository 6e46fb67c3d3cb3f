import { ClientDesk, type Desk } from "./client-desk.ts";
import type { ClientOp } from "./clients.ts";
import { cloneJson } from "./copy-json.ts";
import { CrashPlan } from "./crash-plan.ts";
import type { Event } from "./event.ts";
import { HandlerError, describeCall } from "./handler-error.ts";
import { mix } from "./mix.ts";
import { Network } from "./network.ts";
import type { CreateNode, Json, NodeHandlers, NodeId } from "./node.ts";
import { NodeRuntime, type Effect, type Host } from "./node-runtime.ts";
import { EventQueue } from "./queue.ts";
import { Recorder } from "./recorder.ts";
import type { Outcome, Run, SimulateOptions } from "./run.ts";
import {
  DEFAULT_LIMITS,
  FOR_EVER,
  UNTIL_HEALED,
  assertScenario,
  type CrashPoint,
  type Limits,
  type Scenario,
} from "./scenario.ts";
import type { NodeOutput, World } from "./trace-event.ts";
import { Traffic } from "./traffic.ts";

const TIMER_TIE = 9;

/** A whole cluster, its network, disks and clients in one queue of events. */
export class Cluster implements Host, World, Desk {
  readonly seed: number;
  readonly nodeIds: readonly NodeId[];
  readonly outputs: NodeOutput[] = [];
  readonly recorder: Recorder;
  now = 0;
  readonly #scenario: Scenario<unknown, unknown>;
  readonly #limits: Limits;
  readonly #createNode: CreateNode;
  readonly #options: SimulateOptions;
  readonly #endAt: number;
  readonly #queue = new EventQueue<Event>();
  readonly #nodes: readonly NodeRuntime[];
  readonly #desk: ClientDesk;
  readonly #network: Network;
  readonly #crashes: CrashPlan;
  readonly #traffic = new Traffic();
  readonly #waitingTimers = new Set<number>();
  readonly #backlog: Event[][];
  #seq = 0;
  #timers = 0;
  #stale = 0;
  #events = 0;
  #atOnce = 0;
  #down = 0;
  #outcome: Outcome | undefined;
  #error: Error | undefined;
  #refusal: Error | undefined;
  #reason: string | undefined;

  constructor(
    scenario: Scenario<unknown, unknown>,
    createNode: CreateNode,
    options: SimulateOptions,
  ) {
    assertScenario(scenario);
    const { seed, nodes, faults, healAt, settle, limits } = scenario;
    this.seed = seed;
    this.#scenario = scenario;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#createNode = createNode;
    this.#options = options;
    this.#endAt = healAt + settle;
    this.#nodes = Array.from({ length: nodes }, (_, index) => new NodeRuntime(index));
    this.nodeIds = this.#nodes.map(({ id }) => id);
    this.#backlog = this.#nodes.map(() => []);
    this.#network = new Network(scenario);
    this.#crashes = new CrashPlan(scenario);
    this.recorder = new Recorder(options.trace ?? "off", options.invariants ?? [], this);
    this.#desk = new ClientDesk(this, scenario, options);
    for (let node = 0; node < nodes; node += 1) this.schedule(0, "boot", node, -1);
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
          this.#nodes[fault.node]!.ppm = fault.ppm;
          break;
        default:
      }
    }
    this.#desk.open();
  }

  get history(): readonly ClientOp[] {
    return this.#desk.history;
  }

  isUp(node: NodeId): boolean {
    return this.#nodes[this.nodeIds.indexOf(node)]?.isUp ?? false;
  }

  bootOf(node: NodeId): number {
    return this.#nodes[this.nodeIds.indexOf(node)]?.boot ?? 0;
  }

  schedule(
    time: number,
    kind: Event["kind"],
    to: number,
    cause: number,
    { name = "", data = null, from = 0 }: Partial<Pick<Event, "name" | "data" | "from">> = {},
  ): void {
    this.#push({ time, tie: 0, seq: this.#seq, kind, to, from, data, name, id: 0, cause });
  }

  #push(event: Event): void {
    this.#seq += 1;
    this.#queue.push(event);
  }

  setTimer(node: NodeRuntime, ms: number, tag: string): number {
    this.#timers += 1;
    const id = this.#timers;
    const tie = this.#scenario.profile.shuffleTies
      ? mix(this.seed, TIMER_TIE, node.index * 65_536 + node.boot, id)
      : 0;
    this.#push({
      time: this.now + ms,
      tie,
      seq: this.#seq,
      kind: "timer",
      to: node.index,
      from: node.boot,
      data: null,
      name: tag,
      id,
      cause: this.recorder.next - 1,
    });
    this.#waitingTimers.add(id);
    return id;
  }

  cancelTimer(_node: NodeRuntime, timer: number): void {
    if (this.#waitingTimers.delete(timer)) this.#stale += 1;
  }

  refuseReply(node: NodeRuntime, ticket: string): string | undefined {
    return this.#desk.refuseReply(node, ticket);
  }

  refused(error: Error): void {
    this.#refusal ??= error;
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
    if (event.kind === "timer" && !this.#waitingTimers.delete(event.id)) {
      this.#stale -= 1;
      return true;
    }
    this.#atOnce = event.time === this.now ? this.#atOnce + 1 : 0;
    this.now = event.time;
    this.#events += 1;
    this.#dispatch(event);
    this.#checkLimits();
    return this.#outcome === undefined;
  }

  #checkLimits(): void {
    if (this.recorder.violation !== undefined) this.#outcome ??= "invariant";
    const { events, atOnce, pending } = this.#limits;
    const busiest = (): string => this.#traffic.busiest();
    if (this.#atOnce > atOnce) {
      this.#outcome ??= "zeno";
      this.#reason = `more than ${atOnce} events at ${this.now} ms; ${busiest()}`;
    } else if (this.#events >= events) {
      this.#outcome ??= "budget";
      this.#reason = `${events} events by ${this.now} ms; ${busiest()}`;
    } else if (this.#queue.size - this.#stale > pending) {
      this.#outcome ??= "budget";
      this.#reason = `more than ${pending} messages and timers wait at ${this.now} ms; ${busiest()}`;
    }
  }

  #dispatch(event: Event): void {
    switch (event.kind) {
      case "invoke":
        return this.#desk.invoke(event);
      case "response":
        return this.#desk.respond(event);
      case "give-up":
        return this.#desk.giveUp(event);
      default:
    }
    const node = this.#nodes[event.to]!;
    switch (event.kind) {
      case "boot":
        if (!node.isUp) this.#boot(node, event.cause);
        return;
      case "crash":
        if (node.isUp && this.now < this.#scenario.healAt) this.#crash(node, event.from, -1);
        return;
      case "pause":
        return this.#pause(node, event.from);
      case "resume":
        return this.#resume(node, event.from);
      case "skew":
        node.skewMs += event.from;
        this.recorder.record(this.now, "skew", node.id, -1, undefined, event.from);
        return;
      case "deliver":
      case "timer":
      case "request":
        if (node.isPaused) this.#backlog[node.index]!.push(event);
        else this.#arrive(node, event);
        return;
    }
  }

  #boot(node: NodeRuntime, cause: number): void {
    if (node.boot > 0) this.#down -= 1;
    node.beginBoot();
    const index = this.recorder.record(this.now, "boot", node.id, cause, undefined, node.boot);
    this.#run(node, index, "onStart", [], () => {
      if (typeof this.#createNode !== "function") throw new TypeError("createNode is no function");
      const handlers: unknown = this.#createNode(node.createContext(this), this.#options.options);
      if (typeof handlers !== "object" || handlers === null || isPromise(handlers)) {
        throw new TypeError("createNode must return an object of handlers");
      }
      node.handlers = handlers as NodeHandlers;
      return node.handlers.onStart?.();
    });
  }

  /** Returns whether it died: a crash that would leave too many down does not happen. */
  #crash(node: NodeRuntime, forMs: number, cause: number, after?: string): boolean {
    if (this.#down >= this.#scenario.maxDown) {
      this.recorder.record(this.now, "skipped", node.id, cause, undefined, undefined, after);
      return false;
    }
    this.#down += 1;
    node.isUp = false;
    node.isPaused = false;
    node.clear();
    const index = this.recorder.record(
      this.now,
      "crash",
      node.id,
      cause,
      undefined,
      undefined,
      after,
    );
    const { healAt } = this.#scenario;
    const backAt = forMs === UNTIL_HEALED ? healAt : Math.min(this.now + forMs, healAt);
    if (forMs !== FOR_EVER) this.schedule(backAt, "boot", node.index, index);
    const waiting = this.#backlog[node.index]!.splice(0);
    for (const event of waiting) this.#arrive(node, event);
    return true;
  }

  #pause(node: NodeRuntime, forMs: number): void {
    const { healAt } = this.#scenario;
    if (!node.isUp || node.isPaused || this.now >= healAt) return;
    node.isPaused = true;
    this.recorder.record(this.now, "pause", node.id, -1);
    const until = Math.min(this.now + forMs, healAt);
    this.schedule(until, "resume", node.index, -1, { from: node.boot });
  }

  #resume(node: NodeRuntime, boot: number): void {
    if (!node.isPaused || node.boot !== boot) return;
    node.isPaused = false;
    this.recorder.record(this.now, "resume", node.id, -1);
    const waiting = this.#backlog[node.index]!.splice(0);
    for (const event of waiting) this.#arrive(node, event);
  }

  #arrive(node: NodeRuntime, event: Event): void {
    if (this.#outcome !== undefined) return;
    const { recorder, now } = this;
    const { data, name, cause } = event;
    if (event.kind === "timer") {
      if (!node.isUp || node.boot !== event.from) return;
      const index = recorder.record(now, "timer", node.id, cause, undefined, undefined, name);
      return this.#run(node, index, "onTimer", [name], () => node.handlers.onTimer?.(name));
    }
    if (event.kind === "request") {
      if (!node.isUp) return this.#desk.unreachable(event);
      const client = this.#desk.clientOf(name);
      const index = recorder.record(now, "request", node.id, cause, client, data, name);
      const request = cloneJson(data);
      return this.#run(node, index, "onRequest", [name, data], () => {
        if (node.handlers.onRequest === undefined) throw new TypeError("there is no onRequest");
        return node.handlers.onRequest(name, request as never);
      });
    }
    const from = this.nodeIds[event.from]!;
    if (!node.isUp) {
      this.#traffic.dropped += 1;
      recorder.record(now, "dead", node.id, cause, from, data);
      return;
    }
    if (event.from !== node.index) this.#traffic.delivered += 1;
    const index = recorder.record(now, "deliver", node.id, cause, from, data);
    if (this.#blockEnds(node, "recv", index)) return;
    const message = cloneJson(data);
    this.#run(node, index, "onMessage", [from, data], () => {
      return node.handlers.onMessage?.(from, message as never);
    });
  }

  /** Runs one handler, then lets its effects happen. */
  #run(
    node: NodeRuntime,
    cause: number,
    handler: string,
    args: readonly unknown[],
    body: () => unknown,
  ): void {
    node.isRunning = true;
    try {
      const result = body();
      if (isPromise(result)) {
        Promise.resolve(result).catch(() => undefined);
        throw new TypeError("handlers are synchronous, but it returned a promise");
      }
      // A refusal counts, also when the node has caught it.
      if (this.#refusal !== undefined) throw this.#refusal;
    } catch (error) {
      this.#outcome = "threw";
      const call = describeCall(node.id, handler, ...args);
      this.#error = new HandlerError(call, this.#refusal ?? error);
      return;
    } finally {
      node.isRunning = false;
    }
    this.#applyEffects(node, cause);
  }

  #applyEffects(node: NodeRuntime, cause: number): void {
    const effects = node.effects;
    if (effects.length === 0) return node.clear();
    node.clear();
    for (let i = 0; i < effects.length; i += 1) {
      const effect = effects[i]!;
      const index = this.#apply(node, effect, cause);
      const point = blockOf(effect);
      const next = effects[i + 1];
      // Neighbouring writes and outputs are one block.
      if (point === "commit" && next !== undefined && blockOf(next) === "commit") continue;
      if (this.#blockEnds(node, point, index)) return;
    }
  }

  #apply(node: NodeRuntime, effect: Effect, cause: number): number {
    const { recorder, now } = this;
    switch (effect.kind) {
      case "send":
        return this.#send(node, effect.to, effect.data, effect.size, cause);
      case "write":
        node.storage.set(effect.key, effect.data);
        this.#traffic.writes += 1;
        return recorder.record(now, "write", node.id, cause, undefined, effect.data, effect.key);
      case "delete":
        node.storage.delete(effect.key);
        this.#traffic.writes += 1;
        return recorder.record(now, "delete", node.id, cause, undefined, undefined, effect.key);
      case "emit": {
        const { id, boot } = node;
        this.outputs.push({ at: now, node: id, boot, out: effect.data, index: recorder.next });
        return recorder.record(now, "emit", id, cause, undefined, effect.data);
      }
      case "reply": {
        const client = this.#desk.clientOf(effect.ticket);
        const { ticket, data } = effect;
        const index = recorder.record(now, "reply", node.id, cause, client, data, ticket);
        this.#desk.reply(ticket, data, index);
        return index;
      }
    }
  }

  #send(node: NodeRuntime, to: number, data: Json, size: number, cause: number): number {
    const { recorder, now } = this;
    const peer = this.nodeIds[to]!;
    const index = recorder.record(now, "send", node.id, cause, peer, data);
    const arrive = (time: number, tie: number): void => {
      const from = node.index;
      const seq = this.#seq;
      this.#push({
        time,
        tie,
        seq,
        kind: "deliver",
        to,
        from,
        data,
        name: "",
        id: 0,
        cause: index,
      });
    };
    if (to === node.index) {
      arrive(now, 0);
      return index;
    }
    this.#traffic.send(data, size);
    const { arrivals, lost, tie } = this.#network.send(node.index, to, now);
    for (const time of arrivals) arrive(time, tie);
    if (arrivals.length > 1) this.#traffic.duplicated += 1;
    if (lost !== undefined) {
      this.#traffic.dropped += 1;
      recorder.record(now, "lost", peer, index, node.id, data, lost);
    }
    return index;
  }

  /** Returns whether the node dies at this border. */
  #blockEnds(node: NodeRuntime, point: CrashPoint, cause: number): boolean {
    const forMs = this.#crashes.strikes(node, point, this.now);
    if (forMs === undefined) return false;
    return this.#crash(node, forMs, cause, point);
  }

  result(): Run {
    const { recorder, now: endedAt } = this;
    const nodes = new Map(this.#nodes.map((node) => [node.id, node]));
    return {
      outcome: this.#outcome ?? "budget",
      hash: recorder.hash,
      events: this.#events,
      endedAt,
      history: this.history,
      outputs: this.outputs,
      stats: this.#traffic.stats(),
      ...(recorder.violation === undefined ? {} : { violation: recorder.violation }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(this.#reason === undefined ? {} : { reason: this.#reason }),
      trace: recorder.trace,
      struck: [...this.#network.struck, ...this.#crashes.struck],
      isUp: (id) => nodes.get(id)?.isUp ?? false,
      storage: (id) => Object.fromEntries(nodes.get(id)?.storage ?? []),
    };
  }
}

function blockOf({ kind }: Effect): CrashPoint {
  return kind === "send" || kind === "reply" ? kind : "commit";
}

function isPromise(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
