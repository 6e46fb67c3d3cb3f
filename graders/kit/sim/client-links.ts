import { mix } from "./mix.ts";
import { share } from "./network.ts";
import { healingOf, type ClientWay, type Fault, type Scenario } from "./scenario.ts";

const DROP = 11;
const LATENCY = 12;

type ClientFault = Extract<Fault, { kind: "clientDrop" | "clientDelay" }>;

/**
 * Decides, keyed by client and number, what becomes of requests and replies. They are never doubled:
 * a connection carries each once.
 */
export class ClientLinks {
  /** The noise that struck, as faults. */
  readonly struck: Fault[] = [];
  readonly #scenario: Scenario<unknown, unknown>;
  readonly #listed: readonly ClientFault[];
  readonly #sent = new Map<number, number>();

  constructor(scenario: Scenario<unknown, unknown>) {
    this.#scenario = scenario;
    this.#listed = scenario.faults.filter(
      (fault) => fault.kind === "clientDrop" || fault.kind === "clientDelay",
    );
  }

  /** When the next request or reply of a client arrives; undefined when it is lost. */
  send(way: ClientWay, client: number, node: number, now: number): number | undefined {
    const { seed, profile, clientFaults } = this.#scenario;
    const link = client * 2 + (way === "request" ? 0 : 1);
    const nth = this.#sent.get(link) ?? 0;
    this.#sent.set(link, nth + 1);
    if (now >= healingOf(this.#scenario, node)) return now + profile.base;
    let lateMs = 0;
    for (const fault of this.#listed) {
      if (fault.client !== client || fault.way !== way || fault.nth !== nth) continue;
      if (fault.kind === "clientDrop") return undefined;
      lateMs += fault.by;
    }
    if (clientFaults !== true) return now + profile.base + lateMs;
    if (profile.drop > 0 && mix(seed, DROP, link, nth) % 1000 < profile.drop) {
      this.struck.push({ kind: "clientDrop", client, way, nth });
      return undefined;
    }
    const by = share(mix(seed, LATENCY, link, nth), profile.jitter);
    if (by > 0) this.struck.push({ kind: "clientDelay", client, way, nth, by });
    return now + profile.base + lateMs + by;
  }
}
