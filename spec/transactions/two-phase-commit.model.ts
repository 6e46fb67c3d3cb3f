/** What one node of two-phase commit may and must say, given all that it has said and heard. */
import { equal, holds } from "kata/harness";
import type { NodeId } from "kata/kit";
import type { Outcome } from "../../katas/transactions/two-phase-commit/stub.ts";
import {
  timesOf,
  type Does,
  type Seen,
  type Setup,
  type Step,
} from "./two-phase-commit.stories.ts";

type Referee = (step: Step, seen: Seen) => void;

export function referee(setup: Setup): Referee {
  const role = setup.node === "n0" ? new OfCoordinator(setup) : new OfParticipant(setup);
  return (step, seen) => {
    if (seen.skipped === true) return;
    equal(seen.twice ?? [], [], `what ${setup.node} decides twice in one boot`);
    role.judge(step, seen);
  };
}

/** What the coordinator has heard and said of one transaction. */
class Ballot {
  readonly yes = new Set<NodeId>();
  readonly no = new Set<NodeId>();
  /** Who has confirmed the outcome, ever. */
  readonly acked = new Set<NodeId>();
  /** The same, without what a crash may have wiped out. */
  readonly confirmed = new Set<NodeId>();
  outcome: Outcome | undefined;
  /** Votes are collected until then. */
  dueAt: number | undefined;
  /** Begins that were not answered yet. */
  open = 0;
  /** A crash hit a vote under way: abort at any time is right, and so is a commit if all said yes. */
  isAdrift = false;
}

class OfCoordinator {
  readonly #setup: Setup;
  readonly #all: readonly NodeId[];
  readonly #ballots = new Map<string, Ballot>();
  #now = 0;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#all = Array.from({ length: setup.nodes - 1 }, (_, i) => `n${i + 1}`);
  }

  judge({ does }: Step, seen: Seen): void {
    const { replies = [], decided = [], sent = [], died = false } = seen;
    const told = sent.flatMap(([to, type, tx, outcome]) => {
      return type === "decision" ? [[tx, outcome as Outcome, to] as const] : [];
    });
    const adrift = [...this.#ballots].filter(([, ballot]) => ballot.isAdrift).map(([tx]) => tx);
    const crashed = died || does[0] === "crash and boot";
    if (crashed) this.#setAdrift();
    const expected = this.#hear(does, crashed);
    if (crashed) this.#setAdrift();
    for (const [tx, outcome] of decided) this.#admit(tx, outcome, "n0 decides");
    for (const [tx, outcome] of replies) this.#admit(tx, outcome, "n0 answers the client");
    for (const [tx, outcome, to] of told) this.#admit(tx, outcome, `n0 tells ${to}`);
    if (does[0] === "wait" || does[0] === "crash and boot") {
      for (const [tx, ballot] of this.#ballots) {
        const isDone = this.#all.every((node) => ballot.confirmed.has(node));
        const again =
          isDone && ballot.outcome === "commit" ? told.filter(([of]) => of === tx).length : 0;
        equal(again, 0, `messages about ${tx}, whose commit all have confirmed`);
      }
    }
    if (crashed) return this.#forget(died && does[0] === "ack");
    for (const [tx, ballot] of this.#ballots) {
      const { outcome } = ballot;
      const begun = replies.filter(([of]) => of === tx).length;
      if (!adrift.includes(tx))
        equal(begun, expected.answers.get(tx) ?? 0, `answers to clients that have begun ${tx}`);
      if (expected.decided.has(tx)) {
        const isSaid = decided.some(([of]) => of === tx);
        equal(isSaid ? outcome : "nothing", outcome, `what n0 decides about ${tx}`);
      }
      for (const to of expected.told.get(tx) ?? []) {
        const isTold = told.some(([of, , whom]) => of === tx && whom === to);
        equal(isTold ? outcome : "nothing", outcome, `what n0 tells ${to} about ${tx}`);
      }
    }
  }

  /** An outcome that leaves the node: the first one is for ever. */
  #admit(tx: string, outcome: Outcome, what: string): void {
    const ballot = this.#of(tx);
    if (ballot.outcome !== undefined) return equal(outcome, ballot.outcome, `${what}: ${tx}`);
    const allYes = this.#all.every((node) => ballot.yes.has(node));
    const isFree = ballot.isAdrift && (outcome === "abort" || allYes);
    const votes = `${ballot.yes.size} yes of ${this.#all.length}, ${ballot.no.size} no`;
    holds(isFree, `${what}: ${tx}`, `nothing yet (${votes})`, outcome);
    ballot.outcome = outcome;
    ballot.isAdrift = false;
  }

  #forget(isLastAckLost: boolean): void {
    for (const ballot of this.#ballots.values()) {
      ballot.open = 0;
      const isDone = this.#all.every((node) => ballot.confirmed.has(node));
      if (isLastAckLost || !isDone) ballot.confirmed.clear();
    }
  }

  /** Whatever was not said before the crash need not have been written. */
  #setAdrift(): void {
    for (const ballot of this.#ballots.values()) {
      if (ballot.outcome === undefined) ballot.isAdrift = true;
    }
  }

  #hear(does: Does, crashed: boolean): Expected {
    const expected: Expected = { answers: new Map(), decided: new Set(), told: new Map() };
    const decide = (tx: string, ballot: Ballot, outcome: Outcome): void => {
      ballot.outcome = outcome;
      expected.decided.add(tx);
      expected.answers.set(tx, ballot.open);
      ballot.open = 0;
      expected.told.set(
        tx,
        this.#all.filter((node) => !ballot.no.has(node)),
      );
    };
    const count = (tx: string, from: NodeId, answer: "yes" | "no"): void => {
      const ballot = this.#of(tx);
      ballot[answer].add(from);
      if (ballot.outcome !== undefined || ballot.isAdrift) return;
      if (answer === "no") decide(tx, ballot, "abort");
      else if (ballot.yes.size === this.#all.length) decide(tx, ballot, "commit");
    };
    switch (does[0]) {
      case "begin": {
        const ballot = this.#of(does[1]);
        if (ballot.outcome !== undefined) expected.answers.set(does[1], 1);
        else ballot.open += 1;
        ballot.dueAt ??= this.#now + this.#setup.voteTimeoutMs;
        break;
      }
      case "vote":
        count(does[2], does[1], does[3]);
        break;
      case "all vote yes":
        for (const from of this.#all) {
          if (!this.#of(does[1]).no.has(from)) count(does[1], from, "yes");
        }
        break;
      case "inquire": {
        const ballot = this.#of(does[2]);
        if (ballot.isAdrift || crashed) break;
        if (ballot.outcome === undefined && ballot.dueAt === undefined) {
          ballot.outcome = "abort";
          expected.decided.add(does[2]);
        }
        if (ballot.outcome !== undefined) expected.told.set(does[2], [does[1]]);
        break;
      }
      case "ack":
        this.#of(does[2]).acked.add(does[1]);
        this.#of(does[2]).confirmed.add(does[1]);
        break;
      case "wait":
        this.#now += does[1];
        for (const [tx, ballot] of this.#ballots) {
          const { dueAt = Infinity, outcome, isAdrift, acked } = ballot;
          if (outcome === undefined && !isAdrift && dueAt <= this.#now) decide(tx, ballot, "abort");
          if (outcome === "commit" && does[1] >= this.#setup.retryMs) {
            expected.told.set(
              tx,
              this.#all.filter((node) => !acked.has(node)),
            );
          }
        }
        break;
      case "prepare":
      case "decision":
      case "crash and boot":
        break;
    }
    return expected;
  }

  #of(tx: string): Ballot {
    const ballot = this.#ballots.get(tx) ?? new Ballot();
    this.#ballots.set(tx, ballot);
    return ballot;
  }
}

interface Expected {
  /** How many begins are answered. */
  readonly answers: Map<string, number>;
  readonly decided: Set<string>;
  readonly told: Map<string, readonly NodeId[]>;
}

/** What a participant has said and heard of one transaction. */
interface Promised {
  isAsked?: boolean;
  vote?: "yes" | "no";
  /** Emitted, in whatever boot. */
  decided?: Outcome;
  /** What has reached it. */
  heard?: Outcome;
  /** The same, once it must be in storage. */
  told?: Outcome;
}

class OfParticipant {
  readonly #setup: Setup;
  readonly #promises = new Map<string, Promised>();

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  judge({ does }: Step, { decided = [], sent = [], died = false }: Seen): void {
    const says = (type: string, tx: string): number => {
      const said = sent.find(([to, what, of]) => to === "n0" && what === type && of === tx);
      return said === undefined ? 0 : timesOf(said);
    };
    if (does[0] === "prepare") this.#of(does[1]).isAsked = true;
    if (does[0] === "decision") this.#of(does[1]).heard = does[2];
    for (const [, type, tx, answer] of sent) {
      if (type === "vote") this.#vote(tx, answer as "yes" | "no");
      if (type === "ack") equal(this.#of(tx).heard === undefined, false, `told about ${tx}`);
    }
    for (const [tx, outcome] of decided) this.#decide(tx, outcome);
    if (does[0] === "prepare" && !died) equal(says("vote", does[1]), 1, `votes on ${does[1]}`);
    if (does[0] === "wait" && !died) {
      for (const [tx, promised] of this.#promises) {
        this.#asks(tx, promised, says("inquire", tx), does[1]);
      }
    }
    if (does[0] !== "decision") return;
    const [, tx, outcome] = does;
    const promised = this.#of(tx);
    const acks = says("ack", tx);
    // Dead before anything was seen of it, it may have written it or not.
    if (died && promised.decided === undefined && acks === 0) return;
    equal(promised.decided ?? "nothing", outcome, `what n1 decides about ${tx}`);
    if (!died) equal(acks > 0, true, `whether n1 confirms ${tx}`);
    promised.told = outcome;
  }

  #vote(tx: string, answer: "yes" | "no"): void {
    const promised = this.#of(tx);
    const { vote, told, heard, decided } = promised;
    equal(promised.isAsked ?? false, true, `whether anybody has asked n1 to vote on ${tx}`);
    promised.vote = answer;
    const outcome = told ?? decided;
    const what = `how n1 votes on ${tx}`;
    if (outcome === "abort") return equal(answer, "no", `${what}, which is aborted`);
    if (vote !== undefined) {
      return answer === vote || heard === "abort"
        ? undefined
        : equal(answer, vote, `${what} again`);
    }
    const isRefused = this.#setup.refuses.includes(tx);
    if (heard === undefined || isRefused) equal(answer, isRefused ? "no" : "yes", what);
  }

  #decide(tx: string, outcome: Outcome): void {
    const promised = this.#of(tx);
    const { vote, heard, decided } = promised;
    const what = `what n1 decides about ${tx}`;
    promised.decided = outcome;
    if (decided !== undefined) return equal(outcome, decided, `${what} again`);
    if (heard !== undefined) return equal(outcome, heard, what);
    const isBound = vote === "yes";
    const expected = isBound
      ? "nothing: it has voted yes, and nobody has told it"
      : "nothing, or abort";
    holds(!isBound && outcome === "abort", what, expected, outcome);
  }

  #asks(tx: string, { vote, heard, told }: Promised, times: number, ms: number): void {
    const what = `inquiries about ${tx} in ${ms} ms`;
    const least = Math.floor(ms / this.#setup.retryMs);
    if (told !== undefined) equal(times, 0, `${what}, though it was told`);
    else if (vote === "yes" && heard === undefined) {
      holds(times >= least, what, `at least ${least}, as nobody has told it`, `${times}`);
    }
  }

  #of(tx: string): Promised {
    const promised = this.#promises.get(tx) ?? {};
    this.#promises.set(tx, promised);
    return promised;
  }
}
