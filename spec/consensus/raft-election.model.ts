/** What the spec of `raft-election` compares with: the rules for one node, and scripts that obey them. */
import fc from "fast-check";
import type { Json } from "kata/kit";
import type { Script, Wire } from "kata/harness";
import type { Message, Options, Status } from "../../katas/consensus/raft-election/stub.ts";

export type Step =
  | readonly ["requestVote" | "appendEntries", from: string, term: number]
  | readonly ["vote" | "appendReply", from: string, term: number, yes: boolean]
  | readonly ["crash and boot"]
  /** So many ms, too few for an election. */
  | readonly ["wait", ms: number]
  /** Stands when it has heard nobody for so long, however often a rival asks in vain. */
  | readonly ["stands", Patience];

interface Patience {
  readonly afterMs: number;
  readonly byMs: number;
  readonly rival?: string;
}

export interface Setup extends Options {
  readonly nodes: number;
}

/** What can be seen of a step. */
export interface Seen {
  readonly says: readonly string[];
  readonly status: string;
}

/** The rules for n0, with a clock that knows between which instants its timer was started last. */
export class NaiveNode {
  term = 0;
  votedFor: string | null = null;
  role: Status["role"] = "follower";
  leader: string | null = null;
  now = 0;
  /** The timer was started anew here at the earliest, and there at the latest. */
  startedFrom = 0;
  startedTo = 0;
  /** When it led or heard a leader last in this boot. */
  heardAt = -Infinity;
  readonly leaders = new Map<number, string>();
  #voters = new Set<string>();
  readonly setup: Setup;

  constructor(setup: Setup) {
    this.setup = setup;
  }

  get peers(): string[] {
    return ["n1", "n2", "n3", "n4"].slice(0, this.setup.nodes - 1);
  }

  play(step: Step): Seen {
    const says = this.#says(step);
    if (this.role === "leader") this.heardAt = this.now;
    return { says, status: asText(this) };
  }

  #says(step: Step): readonly string[] {
    switch (step[0]) {
      case "crash and boot":
        this.#becomeFollower();
        this.heardAt = -Infinity;
        this.#startTimer();
        return [];
      case "wait":
        this.now += step[1];
        return this.role === "leader" ? this.#toAll("appendEntries", "leader") : [];
      case "stands":
        // When exactly is its own affair; from there on, all is counted from that instant.
        this.term += 1;
        this.votedFor = "n0";
        this.role = "candidate";
        this.leader = null;
        this.#voters = new Set(["n0"]);
        this.now += step[1].byMs;
        this.#startTimer();
        return this.#toAll("requestVote", "candidate");
      default:
        return this.#hears(step[0], step[1], step[2], step[3]);
    }
  }

  #hears(type: Message["type"], from: string, term: number, yes = false): readonly string[] {
    if (term > this.term) this.#adopt(term);
    const isCurrent = term === this.term;
    switch (type) {
      case "requestVote": {
        const granted = isCurrent && (this.votedFor ?? from) === from;
        if (granted) this.votedFor = from;
        if (granted) this.#startTimer();
        return [told(from, { type: "vote", term: this.term, granted })];
      }
      case "appendEntries":
        if (isCurrent) {
          this.#becomeFollower();
          this.leader = from;
          this.leaders.set(term, from);
          this.heardAt = this.now;
          this.#startTimer();
        }
        return [told(from, { type: "appendReply", term: this.term, ok: isCurrent })];
      case "vote":
        if (!yes || !isCurrent || this.role !== "candidate") return [];
        this.#voters.add(from);
        if (2 * this.#voters.size <= this.setup.nodes) return [];
        this.role = "leader";
        this.leader = "n0";
        this.leaders.set(term, "n0");
        return this.#toAll("appendEntries", "leader");
      case "appendReply":
        return [];
    }
  }

  #adopt(term: number): void {
    const led = this.role === "leader";
    this.term = term;
    this.votedFor = null;
    this.#becomeFollower();
    // Others than a leader may keep the timer that runs, or start it anew.
    this.startedTo = this.now;
    if (led) this.startedFrom = this.now;
  }

  #becomeFollower(): void {
    this.role = "follower";
    this.leader = null;
  }

  #startTimer(): void {
    this.startedFrom = this.now;
    this.startedTo = this.now;
  }

  #toAll(type: "requestVote" | "appendEntries", who: "candidate" | "leader"): string[] {
    return this.peers.map((peer) => told(peer, { type, term: this.term, [who]: "n0" }));
  }
}

function asText({ term, role, leader }: Status): string {
  return `${role} in term ${term}, leader ${leader}`;
}

/** Plays steps on a node on the bench. */
export function playOn<O>(node: Wire<O>): (step: Step) => Seen {
  return (step) => {
    const says = seenOf(node, step);
    return { says, status: asText(node.ask({ type: "status" }) as Status) };
  };
}

function seenOf<O>(node: Wire<O>, step: Step): readonly string[] {
  node.takeSent();
  switch (step[0]) {
    case "crash and boot":
      node.crash().boot();
      return saidBy(node);
    case "wait":
      node.advance(step[1]);
      return saidBy(node, ["appendEntries"]);
    case "stands":
      return standsIn(node, step[1]);
    default:
      node.recv(step[1], messageOf(step));
      return saidBy(node);
  }
}

function standsIn<O>(node: Wire<O>, { afterMs, byMs, rival }: Patience): readonly string[] {
  const start = node.now;
  const { term } = node.ask({ type: "status" }) as Status;
  while (node.now < start + byMs) {
    node.advance(1);
    const said = saidBy(node, ["requestVote"]);
    const waited = node.now - start;
    if (said.length > 0 && waited < afterMs) return [`stood too early: after ${waited} ms`];
    if (said.length > 0) return said;
    if (rival !== undefined && waited % 100 === 0) {
      node.recv(rival, { type: "requestVote", term, candidate: rival }).takeSent();
    }
  }
  return [`does not stand in ${byMs} ms`];
}

export function messageOf([type, from, term, yes = false]: Extract<
  Step,
  readonly [Message["type"], ...unknown[]]
>): Message {
  switch (type) {
    case "requestVote":
      return { type, term, candidate: from };
    case "appendEntries":
      return { type, term, leader: from };
    case "vote":
      return { type, term, granted: yes };
    case "appendReply":
      return { type, term, ok: yes };
  }
}

const TYPES = ["requestVote", "vote", "appendEntries", "appendReply"] as const;

/** What was sent since the last look, without repetitions and messages of other types, sorted. */
function saidBy<O>(node: Wire<O>, types: readonly string[] = TYPES): string[] {
  const said = node
    .takeSent()
    .filter(({ msg }) => types.includes((msg as Message).type))
    .map(({ to, msg }) => told(to, msg));
  return [...new Set(said)].toSorted();
}

function told(to: string, msg: Json): string {
  const { type, ...fields } = msg as { type: string };
  const named = Object.entries(fields).toSorted(([a], [b]) => (a < b ? 1 : -1));
  return `${type}(${named.map(([name, value]) => `${name} ${String(value)}`).join(", ")}) -> ${to}`;
}

interface Draft {
  readonly kind: Step[0] | "wins";
  readonly peer: number;
  readonly ahead: number;
  readonly yes: boolean;
}

const setups = fc.constantFrom<Setup>(
  { nodes: 3, electionMin: 150, electionMax: 300, heartbeat: 50 },
  { nodes: 4, electionMin: 150, electionMax: 300, heartbeat: 50 },
  { nodes: 5, electionMin: 400, electionMax: 900, heartbeat: 120 },
);

const drafts = fc.record<Draft>({
  kind: fc.constantFrom(...TYPES, "crash and boot", "wait", "wait", "stands", "wins"),
  peer: fc.nat(7),
  ahead: fc.constantFrom(0, 1, -1, 2),
  yes: fc.boolean(),
});

/** Scripts that a cluster could play to n0, around the term it is in. */
export const scripts: fc.Arbitrary<Script<Setup, Step>> = fc
  .tuple(setups, fc.array(drafts, { maxLength: 14 }))
  .map(([setup, list]) => {
    const node = new NaiveNode(setup);
    const steps: Step[] = [];
    for (const draft of list) {
      for (const step of fit(draft, node)) {
        steps.push(step);
        node.play(step);
      }
    }
    return { setup, steps };
  });

/** The steps that a draft means now; none if no cluster would play it, or all answers are right. */
function fit({ kind, peer, ahead, yes }: Draft, node: NaiveNode): readonly Step[] {
  const { nodes, electionMin, electionMax, heartbeat } = node.setup;
  const from = node.peers[peer % node.peers.length]!;
  const term = Math.max(1, node.term + ahead);
  const least = node.startedFrom + electionMin - node.now;
  const most = node.startedTo + electionMax - node.now;
  const leads = node.role === "leader";
  switch (kind) {
    case "crash and boot":
      return [[kind]];
    case "wait": {
      const ms = leads ? heartbeat : least - 1;
      return ms > 0 ? [[kind, ms]] : [];
    }
    case "stands": {
      const hasRival = node.votedFor !== null && node.votedFor !== from && yes;
      if (leads) return [];
      return [[kind, { afterMs: least, byMs: most, ...(hasRival && { rival: from }) }]];
    }
    case "wins": {
      if (leads) return [];
      const votes = node.peers
        .slice(0, nodes >> 1)
        .map((voter): Step => ["vote", voter, node.term + 1, true]);
      return [["stands", { afterMs: least, byMs: most }], ...votes];
    }
    case "requestVote": {
      // Who leads or hears a leader may refuse those who stand against it.
      const mayRefuse = node.now < node.heardAt + electionMin && term >= node.term;
      return mayRefuse ? [] : [[kind, from, term]];
    }
    case "appendEntries": {
      const leader = node.leaders.get(term) ?? from;
      return leader === "n0" ? [] : [[kind, leader, term]];
    }
    default:
      return [[kind, from, term, yes]];
  }
}
