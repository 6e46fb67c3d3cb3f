import { ClientLinks } from "./client-links.ts";
import { Client, type ClientOp } from "./clients.ts";
import { copyJson } from "./copy-json.ts";
import type { Event, Schedule } from "./event.ts";
import { mix } from "./mix.ts";
import type { Json } from "./node.ts";
import type { NodeRuntime } from "./node-runtime.ts";
import type { Recorder } from "./recorder.ts";
import type { SimulateOptions } from "./run.ts";
import type { Fault, PlannedOp, Scenario } from "./scenario.ts";

const CLIENT_RANDOM = 10;
const DEFAULT_TIMEOUT_MS = 1_000;

interface Ticket {
  readonly client: Client;
  readonly node: number;
  /** The boot in which it was answered last, 0 for never. */
  answeredInBoot: number;
}

/** What the desk asks of the cluster. */
export interface Desk {
  readonly now: number;
  readonly recorder: Recorder;
  schedule: Schedule;
}

/** The clients, their requests and what became of them. */
export class ClientDesk {
  readonly history: ClientOp[] = [];
  readonly #cluster: Desk;
  readonly #options: SimulateOptions;
  readonly #seed: number;
  readonly #links: ClientLinks;
  readonly #nodes: number;
  readonly #clients: readonly Client[];
  readonly #tickets = new Map<string, Ticket>();

  constructor(cluster: Desk, scenario: Scenario<unknown, unknown>, options: SimulateOptions) {
    const { seed, ops, nodes } = scenario;
    this.#cluster = cluster;
    this.#options = options;
    this.#seed = seed;
    this.#links = new ClientLinks(scenario);
    this.#nodes = nodes;
    const count = ops.reduce(
      (most, { client }) => Math.max(most, client + 1),
      options.clients ?? 0,
    );
    this.#clients = Array.from({ length: count }, (_, index) => {
      const own = ops.filter(({ client }) => client === index) as PlannedOp[];
      return new Client(
        index,
        own.toSorted((a, b) => a.at - b.at),
      );
    });
  }

  /** The noise that struck, as faults. */
  get struck(): readonly Fault[] {
    return this.#links.struck;
  }

  /** Every client plans its first operation. */
  open(): void {
    for (const client of this.#clients) this.#planNext(client, -1);
  }

  invoke({ to, from, data, cause }: Event): void {
    const client = this.#clients[to]!;
    const { recorder, now } = this.#cluster;
    const node = `n${from}`;
    const index = recorder.record(now, "invoke", client.id, cause, node, data);
    const op = client.begin(this.history.length, node, data, index, now);
    this.history.push(op);
    const name = client.open?.ticket ?? "";
    this.#tickets.set(name, { client, node: from, answeredInBoot: 0 });
    const arrival = this.#links.send("request", to, from, now);
    if (arrival === undefined) recorder.record(now, "lost", node, index, client.id, data, "lost");
    else this.#cluster.schedule(arrival, "request", from, index, { name, data });
    const timeoutMs = this.#options.clientTimeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#cluster.schedule(now + timeoutMs, "give-up", to, index, { name });
  }

  /** The client of a ticket. */
  clientOf(ticket: string): string {
    return this.#tickets.get(ticket)?.client.id ?? "";
  }

  /** The node was down when the request came. */
  unreachable({ name, cause }: Event): void {
    const client = this.#tickets.get(name)?.client;
    if (client?.open?.ticket !== name) return;
    const { recorder, now } = this.#cluster;
    const index = recorder.record(now, "unreachable", client.id, cause, client.open.op.node);
    client.end("fail", index, now, undefined, "unreachable");
    this.#planNext(client, index);
  }

  /** Why this node may not answer this ticket now, or undefined. */
  refuseReply({ index, id, boot }: NodeRuntime, name: string): string | undefined {
    const ticket = this.#tickets.get(name);
    if (ticket === undefined) return `there is no ticket ${JSON.stringify(name.slice(0, 40))}`;
    if (ticket.node !== index) return `the ticket ${name} was given to n${ticket.node}, not ${id}`;
    if (ticket.answeredInBoot === boot) return `the ticket ${name} has been answered already`;
    ticket.answeredInBoot = boot;
    return undefined;
  }

  /** The answer is on its way. */
  reply(name: string, data: Json, cause: number): void {
    const ticket = this.#tickets.get(name);
    if (ticket === undefined) return;
    const { now, recorder } = this.#cluster;
    const { client, node } = ticket;
    const arrival = this.#links.send("reply", client.index, node, now);
    if (arrival === undefined)
      recorder.record(now, "lost", client.id, cause, `n${node}`, data, "lost");
    else this.#cluster.schedule(arrival, "response", client.index, cause, { name, data });
  }

  respond({ to, name, data, cause }: Event): void {
    const client = this.#clients[to]!;
    if (client.open?.ticket !== name) return;
    const { recorder, now } = this.#cluster;
    const index = recorder.record(now, "return", client.id, cause, client.open.op.node, data);
    const error = errorIn(data);
    if (error === undefined) client.end("ok", index, now, data);
    else {
      const isDefinite = this.#options.isDefinite?.(data) === true;
      client.end(isDefinite ? "fail" : "info", index, now, data, error);
    }
    this.#planNext(client, index);
  }

  giveUp({ to, name, cause }: Event): void {
    const client = this.#clients[to]!;
    if (client.open?.ticket !== name) return;
    const { recorder, now } = this.#cluster;
    const index = recorder.record(now, "give-up", client.id, cause, client.open.op.node);
    client.end("info", index, now, undefined, "timed out");
    this.#planNext(client, index);
  }

  #planNext(client: Client, cause: number): void {
    const { now } = this.#cluster;
    const planned = client.takePlanned();
    if (planned !== undefined) {
      const { value: data } = copyJson(planned.req, "scenario: a request");
      const at = Math.max(planned.at, now);
      this.#cluster.schedule(at, "invoke", client.index, cause, { from: planned.node, data });
      return;
    }
    const next = this.#options.onClient?.(client.index, client.past, () => {
      const drawn = mix(this.#seed, CLIENT_RANDOM, client.index, client.draws);
      client.draws += 1;
      return drawn / 2 ** 32;
    });
    if (next === undefined || next === null) return;
    if (!(next.node >= 0 && next.node < this.#nodes)) {
      throw new RangeError(`onClient: client ${client.index} asks node ${next.node}`);
    }
    const { value: data } = copyJson(next.req, "onClient: a request");
    // At least 1 ms, so that a client of an unreachable node does not spin at one instant.
    const at = now + Math.max(1, next.afterMs ?? 1);
    this.#cluster.schedule(at, "invoke", client.index, cause, { from: next.node, data });
  }
}

function errorIn(reply: Json): string | undefined {
  if (typeof reply !== "object" || reply === null || Array.isArray(reply)) return undefined;
  return typeof reply["error"] === "string" ? reply["error"] : undefined;
}
