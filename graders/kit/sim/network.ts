import { mix } from "./mix.ts";
import { healingOf, type Fault, type Scenario } from "./scenario.ts";

const LINKS = 256;
// One purpose each, so that turning one knob leaves the others' decisions alone.
const LATENCY = 1;
const DROP = 2;
const DUP = 3;
const DUP_LATENCY = 4;
const TIE = 5;

/** What becomes of one message. */
export interface Fate {
  /** Its number on its link, from 0. */
  readonly nth: number;
  /** Why it does not arrive. */
  readonly lost?: string;
  /** When it arrives, once or twice. */
  readonly arrivals: readonly number[];
  readonly tie: number;
}

type LinkFault = Extract<Fault, { kind: "drop" | "dup" | "delay" }>;
type Cut = Extract<Fault, { kind: "cut" }>;
type Hold = Extract<Fault, { kind: "hold" }>;

/** Decides, keyed by link and number, what becomes of each message between nodes. */
export class Network {
  /** The noise that struck, as faults that would do the same without the noise. */
  readonly struck: Fault[] = [];
  readonly #scenario: Scenario<unknown, unknown>;
  readonly #sent = new Int32Array(LINKS);
  readonly #faults: (LinkFault[] | undefined)[] = [];
  readonly #lastArrival = new Float64Array(LINKS);
  readonly #cuts: readonly Cut[];
  readonly #holds: readonly Hold[];

  constructor(scenario: Scenario<unknown, unknown>) {
    this.#scenario = scenario;
    this.#cuts = scenario.faults.filter((fault) => fault.kind === "cut");
    this.#holds = scenario.faults.filter((fault) => fault.kind === "hold");
    for (const fault of scenario.faults) {
      if (fault.kind !== "drop" && fault.kind !== "dup" && fault.kind !== "delay") continue;
      const link = linkOf(fault.from, fault.to);
      (this.#faults[link] ??= []).push(fault);
    }
  }

  /** Sends the next message of a link at `now`. */
  send(from: number, to: number, sizeBytes: number, now: number): Fate {
    const { seed, profile } = this.#scenario;
    const travel = profile.base + Math.floor(((profile.perKb ?? 0) * sizeBytes) / 1_024);
    const link = linkOf(from, to);
    const nth = this.#sent[link]!;
    this.#sent[link] = nth + 1;
    const tie = profile.shuffleTies ? mix(seed, TIE, link, nth) : 0;
    if (now >= this.#healingOf(from, to)) {
      return { nth, arrivals: [this.#order(link, now + travel)], tie };
    }

    const lost = this.#lossOf(from, to, nth, now);
    if (lost !== undefined) return { nth, lost, arrivals: [], tie };
    const noise = share(mix(seed, LATENCY, link, nth), profile.jitter);
    if (noise > 0) this.struck.push({ kind: "delay", from, to, nth, by: noise });
    const delay = noise + this.#explicit(link, nth, "delay");
    const release = this.#releaseOf(from, to, now);
    const arrival = this.#order(link, Math.max(now + delay, release) + travel);
    const copy = this.#copyOf(from, to, nth, now + travel);
    const arrivals = copy === undefined ? [arrival] : [arrival, this.#order(link, copy)];
    return { nth, arrivals, tie: release > now ? 0 : tie };
  }

  #lossOf(from: number, to: number, nth: number, now: number): string | undefined {
    const { seed, profile } = this.#scenario;
    for (const cut of this.#cuts) {
      if (now >= cut.at && now < cut.at + cut.for && severs(cut, from, to)) return "cut";
    }
    const link = linkOf(from, to);
    if (this.#faults[link]?.some((fault) => fault.kind === "drop" && fault.nth === nth)) {
      return "lost";
    }
    if (profile.drop === 0 || mix(seed, DROP, link, nth) % 1000 >= profile.drop) return undefined;
    this.struck.push({ kind: "drop", from, to, nth });
    return "lost";
  }

  #healingOf(from: number, to: number): number {
    return Math.max(healingOf(this.#scenario, from), healingOf(this.#scenario, to));
  }

  #copyOf(from: number, to: number, nth: number, arrival: number): number | undefined {
    const { seed, profile } = this.#scenario;
    const link = linkOf(from, to);
    const listed = this.#faults[link]?.find((fault) => fault.kind === "dup" && fault.nth === nth);
    if (listed !== undefined && listed.kind === "dup") return arrival + listed.by;
    if (profile.dup === 0 || mix(seed, DUP, link, nth) % 1000 >= profile.dup) return undefined;
    const by = share(mix(seed, DUP_LATENCY, link, nth), profile.jitter);
    this.struck.push({ kind: "dup", from, to, nth, by });
    return arrival + by;
  }

  #explicit(link: number, nth: number, kind: "delay"): number {
    const faults = this.#faults[link];
    if (faults === undefined) return 0;
    let sum = 0;
    for (const fault of faults) if (fault.kind === kind && fault.nth === nth) sum += fault.by;
    return sum;
  }

  /** The end of the holds that are on this link now. */
  #releaseOf(from: number, to: number, now: number): number {
    let release = now;
    for (const hold of this.#holds) {
      if (hold.from !== from || hold.to !== to) continue;
      const end = Math.min(hold.at + hold.for, this.#healingOf(from, to));
      if (now >= hold.at && now < end) release = Math.max(release, end);
    }
    return release;
  }

  #order(link: number, arrival: number): number {
    if (!this.#scenario.profile.fifo) return arrival;
    const ordered = Math.max(arrival, this.#lastArrival[link]!);
    this.#lastArrival[link] = ordered;
    return ordered;
  }
}

function severs({ a, b, oneWay }: Cut, from: number, to: number): boolean {
  const forth = (a & (1 << from)) !== 0 && (b & (1 << to)) !== 0;
  if (forth || oneWay === true) return forth;
  return (b & (1 << from)) !== 0 && (a & (1 << to)) !== 0;
}

function linkOf(from: number, to: number): number {
  return from * 16 + to;
}

/** An integer from 0 to `most`: in proportion, so that calmer weather shortens each delay. */
export function share(chance: number, most: number): number {
  return Math.floor((chance / 2 ** 32) * (most + 1));
}
