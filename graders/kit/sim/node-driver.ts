import type { ClientDesk } from "./client-desk.ts";
import { cloneJson } from "./copy-json.ts";
import { CrashPlan } from "./crash-plan.ts";
import type { Event, Schedule } from "./event.ts";
import { Network } from "./network.ts";
import type { CreateNode, Json } from "./node.ts";
import { createContext, type Host } from "./node-context.ts";
import { NodeRuntime, type Effect } from "./node-runtime.ts";
import type { Recorder } from "./recorder.ts";
import {
  FOR_EVER,
  UNTIL_HEALED,
  healingOf,
  type CrashPoint,
  type Fault,
  type Scenario,
} from "./scenario.ts";
import type { NodeOutput } from "./trace-event.ts";
import { Traffic } from "./traffic.ts";

/** Where the nodes run. */
export interface Stage extends Host {
  readonly recorder: Recorder;
  readonly outputs: NodeOutput[];
  readonly desk: ClientDesk;
  schedule: Schedule;
  /** A timer is due: whether it has not been cancelled. */
  takeTimer(timer: number): boolean;
  /** A node broke: nothing more happens. */
  fail(error: Error): void;
}

/** Boots the nodes, hands them what arrives, lets their effects happen, and crashes them. */
export class NodeDriver {
  readonly nodes: readonly NodeRuntime[];
  readonly traffic = new Traffic();
  readonly #stage: Stage;
  readonly #scenario: Scenario<unknown, unknown>;
  readonly #createNode: CreateNode;
  readonly #options: unknown;
  readonly #network: Network;
  readonly #crashes: CrashPlan;
  /** What waits for a paused node. */
  readonly #backlog: Event[][];
  #down = 0;

  constructor(
    stage: Stage,
    scenario: Scenario<unknown, unknown>,
    createNode: CreateNode,
    options: unknown,
  ) {
    this.#stage = stage;
    this.#scenario = scenario;
    this.#createNode = createNode;
    this.#options = options;
    this.#network = new Network(scenario);
    this.#crashes = new CrashPlan(scenario);
    this.nodes = Array.from({ length: scenario.nodes }, (_, index) => new NodeRuntime(index));
    this.#backlog = this.nodes.map(() => []);
  }

  /** The noise that struck, as faults. */
  get struck(): Fault[] {
    return [...this.#network.struck, ...this.#crashes.struck];
  }

  /** Something happens to a node. */
  happen(event: Event): void {
    const node = this.nodes[event.to]!;
    const { recorder, now } = this.#stage;
    switch (event.kind) {
      case "boot":
        if (!node.isUp) this.#boot(node, event.cause);
        return;
      case "crash":
        if (node.isUp && now < this.#healingOf(node)) this.#crash(node, event.from, -1);
        return;
      case "pause":
        return this.#pause(node, event.from);
      case "resume":
        return this.#resume(node, event.from);
      case "skew":
        node.skewMs += event.from;
        recorder.record(now, "skew", node.id, -1, undefined, event.from);
        return;
      default:
        if (node.isPaused) this.#backlog[node.index]!.push(event);
        else this.#arrive(node, event);
    }
  }

  #boot(node: NodeRuntime, cause: number): void {
    if (node.boot > 0) this.#down -= 1;
    const { recorder, now } = this.#stage;
    const index = recorder.record(now, "boot", node.id, cause, undefined, node.boot + 1);
    const error = node.start(this.#createNode, this.#options, () => {
      return createContext(node, this.#stage);
    });
    this.#finish(node, index, error);
  }

  /** Returns whether it died: a crash that would leave too many down does not happen. */
  #crash(node: NodeRuntime, forMs: number, cause: number, after?: string): boolean {
    const { recorder, now } = this.#stage;
    if (this.#down >= this.#scenario.maxDown) {
      recorder.record(now, "skipped", node.id, cause, undefined, undefined, after);
      return false;
    }
    this.#down += 1;
    node.die();
    const index = recorder.record(now, "crash", node.id, cause, undefined, undefined, after);
    const healing = this.#healingOf(node);
    // At the fringe nothing heals: there, until healAt is what is left of it.
    const back = forMs === UNTIL_HEALED ? Math.max(now, this.#scenario.healAt) : now + forMs;
    const backAt = Math.min(back, healing);
    if (forMs !== FOR_EVER) this.#stage.schedule(backAt, "boot", node.index, index);
    this.#release(node);
    return true;
  }

  #pause(node: NodeRuntime, forMs: number): void {
    const { now, recorder } = this.#stage;
    const healing = this.#healingOf(node);
    if (!node.isUp || node.isPaused || now >= healing) return;
    node.isPaused = true;
    const index = recorder.record(now, "pause", node.id, -1);
    const until = Math.min(now + forMs, healing);
    this.#stage.schedule(until, "resume", node.index, index, { from: node.boot });
  }

  #resume(node: NodeRuntime, boot: number): void {
    if (!node.isPaused || node.boot !== boot) return;
    node.isPaused = false;
    this.#stage.recorder.record(this.#stage.now, "resume", node.id, -1);
    this.#release(node);
  }

  #release(node: NodeRuntime): void {
    for (const event of this.#backlog[node.index]!.splice(0)) this.#arrive(node, event);
  }

  #arrive(node: NodeRuntime, event: Event): void {
    switch (event.kind) {
      case "timer":
        return this.#fire(node, event);
      case "request":
        return this.#ask(node, event);
      default:
        return this.#deliver(node, event);
    }
  }

  #fire(node: NodeRuntime, { from: boot, name: tag, id, cause }: Event): void {
    // Also one that waited for a paused node, which has cancelled it since.
    if (!this.#stage.takeTimer(id) || !node.isUp || node.boot !== boot) return;
    const { recorder, now } = this.#stage;
    const index = recorder.record(now, "timer", node.id, cause, undefined, undefined, tag);
    this.#finish(
      node,
      index,
      node.call("onTimer", [tag], () => node.handlers.onTimer?.(tag)),
    );
  }

  #ask(node: NodeRuntime, event: Event): void {
    const { recorder, now, desk } = this.#stage;
    if (!node.isUp) return desk.unreachable(event);
    const { name: ticket, data, cause } = event;
    const client = desk.clientOf(ticket);
    const index = recorder.record(now, "request", node.id, cause, client, data, ticket);
    const error = node.call("onRequest", [ticket, data], () => {
      if (typeof node.handlers.onRequest !== "function") {
        throw new TypeError("there is no onRequest");
      }
      return node.handlers.onRequest(ticket, cloneJson(data));
    });
    this.#finish(node, index, error);
  }

  #deliver(node: NodeRuntime, { from, data, cause }: Event): void {
    const { recorder, now, nodeIds } = this.#stage;
    const peer = nodeIds[from]!;
    if (!node.isUp) {
      this.traffic.dropped += 1;
      recorder.record(now, "dead", node.id, cause, peer, data);
      return;
    }
    if (from !== node.index) this.traffic.delivered += 1;
    const index = recorder.record(now, "deliver", node.id, cause, peer, data);
    if (this.#blockEnds(node, "recv", index)) return;
    const error = node.call("onMessage", [peer, data], () => {
      return node.handlers.onMessage?.(peer, cloneJson(data));
    });
    this.#finish(node, index, error);
  }

  /** After a handler: its effects, unless it broke. */
  #finish(node: NodeRuntime, cause: number, error: Error | undefined): void {
    if (error !== undefined) return this.#stage.fail(error);
    if (node.effects.length === 0) return;
    node.flush(
      (effect) => this.#apply(node, effect, cause),
      (point, event) => this.#blockEnds(node, point, event),
    );
  }

  #apply(node: NodeRuntime, effect: Effect, cause: number): number {
    const { recorder, now, desk, outputs } = this.#stage;
    const { id, boot } = node;
    switch (effect.kind) {
      case "send":
        return this.#send(node, effect.to, effect.data, effect.size, cause);
      case "write":
        node.storage.set(effect.key, effect.data);
        this.traffic.writes += 1;
        return recorder.record(now, "write", id, cause, undefined, effect.data, effect.key);
      case "delete":
        node.storage.delete(effect.key);
        this.traffic.writes += 1;
        return recorder.record(now, "delete", id, cause, undefined, undefined, effect.key);
      case "emit":
        outputs.push({ at: now, node: id, boot, out: effect.data, index: recorder.next });
        return recorder.record(now, "emit", id, cause, undefined, effect.data);
      case "reply": {
        const { ticket, data } = effect;
        const index = recorder.record(now, "reply", id, cause, desk.clientOf(ticket), data, ticket);
        desk.reply(ticket, data, index);
        return index;
      }
    }
  }

  #send(node: NodeRuntime, to: number, data: Json, size: number, cause: number): number {
    const { recorder, now, nodeIds } = this.#stage;
    const peer = nodeIds[to]!;
    const index = recorder.record(now, "send", node.id, cause, peer, data);
    const from = node.index;
    if (to === from) {
      this.#stage.schedule(now, "deliver", to, index, { from, data });
      return index;
    }
    this.traffic.send(data, size);
    const { arrivals, lost, tie } = this.#network.send(from, to, size, now);
    for (const time of arrivals)
      this.#stage.schedule(time, "deliver", to, index, { from, data, tie });
    if (arrivals.length > 1) this.traffic.duplicated += 1;
    if (lost !== undefined) {
      this.traffic.dropped += 1;
      recorder.record(now, "lost", peer, index, node.id, data, lost);
    }
    return index;
  }

  #healingOf({ index }: NodeRuntime): number {
    return healingOf(this.#scenario, index);
  }

  /** Returns whether the node dies at this border. */
  #blockEnds(node: NodeRuntime, point: CrashPoint, cause: number): boolean {
    const forMs = this.#crashes.strikes(node, point, this.#stage.now);
    return forMs !== undefined && this.#crash(node, forMs, cause, point);
  }
}
